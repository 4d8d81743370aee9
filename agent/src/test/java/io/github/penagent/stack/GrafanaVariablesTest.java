package io.github.penagent.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrafanaVariablesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static GrafanaVariables variables() {
        return GrafanaVariables.over(SECOND, SECOND, Duration.ofHours(1))
                .all("job", ".+")
                .single("pen", "web")
                .several("instance", "10.0.0.1:80")
                .several("server", "0", "1.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "up{job=~\"$job\"}; up{job=~\".+\"}",
                "up{pen=\"$pen\"}; up{pen=\"web\"}",
                "up{pen=\"${pen}\"}; up{pen=\"web\"}",
                "up{pen=\"[[pen]]\"}; up{pen=\"web\"}",
                "up{instance=~\"$instance\"}; up{instance=~\"10\\\\.0\\\\.0\\\\.1:80\"}",
                "up{server=~\"$server\"}; up{server=~\"(0|1\\\\.2)\"}",
                "up{server=~\"${server:pipe}\"}; up{server=~\"0|1.2\"}",
                "up{server=~'${server:regex}'}; up{server=~'(0|1\\.2)'}",
                "up{job=~\"${job:regex}\"}; up{job=~\".+\"}",
                "rate(x[$__rate_interval]); rate(x[4s])",
                "avg_over_time(x[$__interval]); avg_over_time(x[1s])",
                "increase(x[$__range]) / $__range_s; increase(x[3600s]) / 3600",
                "x * ${__interval_ms}; x * 1000"
            })
    void a_variable_gives_way_to_what_was_chosen(String query, String sent) {
        assertThat(variables().replace(query)).isEqualTo(sent);
    }

    @Test
    void a_rate_looks_at_four_scrapes_at_least_and_at_one_more_than_the_step() {
        assertThat(GrafanaVariables.over(SECOND, Duration.ofSeconds(15), Duration.ofHours(6))
                        .replace("$__rate_interval"))
                .isEqualTo("16s");
    }

    @Test
    void groups_of_a_replaced_label_are_prometheus_own() {
        String query = "label_replace(up, \"host\", \"$1\", \"address\", \"(.+):.+\")";
        assertThat(variables().replace(query)).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up{job=~\"$jobs\"}", "up{job=~\"${nobody}\"}", "[[nothing]]", "$__unknown", "${job:kind}"})
    void what_grafana_would_send_on_as_it_is_fails(String query) {
        assertThatThrownBy(() -> variables().replace(query))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(query);
    }
}
