package io.github.penagent.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1.0 KiB",
        "1048575,1.0 MiB",
        "1073741824,1.0 GiB",
        "9223372036854775807,8.0 EiB",
        "-1,16.0 EiB"
    })
    void bytes_have_one_decimal_and_a_unit(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "59,59s", "60,1m", "90,1m30s", "3600,1h", "86400,24h", "5400,1h30m"})
    void seconds_are_told_in_the_largest_units(int seconds, String text) {
        assertThat(Units.seconds(seconds)).isEqualTo(text);
    }

    @Test
    void json_escapes_what_must_be_escaped() {
        assertThat(Json.text(Json.object("a\"b", List.of("\\", "\n", true, 1.5, Double.NaN, Json.NULL))))
                .isEqualTo("{\"a\\\"b\":[\"\\\\\",\"\\u000a\",true,1.5,null,null]}");
    }

    @Test
    void colours_need_a_terminal_that_has_them_and_nobody_who_refuses() {
        assertThat(Style.of(true, null, "xterm")).isEqualTo(Style.COLOURED);
        assertThat(Style.of(true, "", "xterm")).isEqualTo(Style.COLOURED);
        assertThat(Style.of(true, "1", "xterm")).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, null, "dumb")).isEqualTo(Style.PLAIN);
        assertThat(Style.of(false, null, "xterm")).isEqualTo(Style.PLAIN);
        assertThat(Style.COLOURED.red("x")).isEqualTo("\u001b[31mx\u001b[0m");
    }

    @ParameterizedTest
    @CsvSource({
        "/run/pen.ctl,true",
        "127.0.0.1:8888,true",
        "localhost:8888,true",
        "::1:8888,true",
        "0.0.0.0:8888,false",
        "8888,false",
        ":::8888,false",
        "10.0.0.1:8888,false"
    })
    void a_control_address_is_local_or_not(String address, boolean local) {
        assertThat(new ControlAddress(address).local()).isEqualTo(local);
    }
}
