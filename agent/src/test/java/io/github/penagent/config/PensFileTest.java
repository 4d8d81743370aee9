package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.discovery.FileReading;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PensFileTest {
    private static final Target WEB =
            new Target("web", Endpoint.parse("10.0.0.5:8888"), Optional.of(Endpoint.parse("10.0.0.5:80")));
    private static final Target MAIL = new Target("mail", Endpoint.parse("/run/mail.ctl"), Optional.empty());

    @Test
    void a_json_list_names_pens() {
        assertThat(pens("a.json", """
                [ {"name": "web", "control": "10.0.0.5:8888", "listen": "10.0.0.5:80"},
                  {"name": "mail", "control": "/run/mail.ctl"} ]
                """)).containsExactly(WEB, MAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pens = [ { name = mail, control = /run/mail.ctl } ]",
                "{ pens = [ { name = mail, control = /run/mail.ctl } ] }",
                "[ { name = mail, control = /run/mail.ctl } ] # the last line",
                "# mail\n// and nothing else\n\n[\n  { name = mail\n control = /run/mail.ctl } ]",
            })
    void hocon_may_be_a_list_or_an_object(String text) {
        assertThat(pens("a.conf", text)).containsExactly(MAIL);
        assertThat(pens("a.hocon", text)).containsExactly(MAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a.json|[]", "a.json|{\"pens\": []}", "a.conf|[]", "a.conf|pens = []"})
    void no_pens_are_as_good_as_some_if_it_says_so(String file, String text) {
        assertThat(pens(file, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a.json|''", "a.conf|''", "a.conf|'# nothing'", "a.json|{}", "a.conf|pens = null", "a.json|null"})
    void a_file_that_says_nothing_is_not_taken_for_an_empty_list(String file, String text) {
        assertThat(problems(file, text)).hasSize(1);
    }

    @Test
    void every_problem_has_file_line_key_and_rule() {
        assertThat(problems("pens.d/a.json", """
                [ {"name": "web", "control": "10.0.0.5:8888"},
                  {"name": "two words", "control": "10.0.0.6:8888"},
                  {"name": "web", "control": "10.0.0.7:8888"},
                  {"name": "mail", "control": "10.0.0.5:8888"},
                  {"name": "dns", "mode": "enforce"} ]
                """))
                .containsExactly(
                        "pens.d/a.json:2: pens[1].name = \"two words\": must be 1 to 63 letters, digits, - or _, the first a letter or digit",
                        "pens.d/a.json:3: pens[2].name = \"web\": is also that of pens[0], line 1",
                        "pens.d/a.json:4: pens[3].control = \"10.0.0.5:8888\": is also that of pens[0], line 1",
                        "pens.d/a.json:5: pens[4].control: is missing",
                        "pens.d/a.json:5: pens[4].mode: unknown key");
    }

    @Test
    void every_beginning_of_a_file_is_wrong_or_names_nothing() {
        String json = "[ {\"name\": \"web\", \"control\": \"10.0.0.5:8888\"}, {\"name\": \"b\", \"control\": \"/b\"} ]";
        String hocon = "pens = [\n{ name = web, control = \"10.0.0.5:8888\" }\n{ name = b, control = /b }\n]";
        for (int i = 0; i < json.length(); i++) {
            assertThat(problems("a.json", json.substring(0, i))).isNotEmpty();
        }
        for (int i = 0; i < hocon.length(); i++) {
            assertThat(problems("a.conf", hocon.substring(0, i))).isNotEmpty();
        }
    }

    @Test
    void a_broken_line_is_named() {
        assertThat(problems("a.json", "[\n{\"name\": \"web\"\n"))
                .singleElement()
                .asString()
                .startsWith("a.json:");
        assertThat(problems("a.json", "[\n{\"name\": web}]"))
                .singleElement()
                .asString()
                .startsWith("a.json:2: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"other.conf\"",
                "include file(\"/etc/hostname\")",
                "include url(\"http://127.0.0.1:1/\")",
                "include classpath(\"reference.conf\")",
                "include required(file(\"/etc/hostname\"))"
            })
    void nothing_is_included(String include) {
        assertThat(problems("a.conf", include + "\npens = []"))
                .containsExactly("a.conf: a file of pens cannot include another");
    }

    @Test
    void the_environment_is_not_seen() {
        assertThat(problems("a.conf", "pens = [\n { name = ${HOME}, control = /a } ]"))
                .containsExactly("a.conf:2: pens[0].name = ${HOME}: refers to something that is not set");
    }

    @Test
    void too_many_pens_are_one_problem() {
        assertThat(problems("a.json", "[" + "{},".repeat(10_000) + "{}]"))
                .containsExactly("a.json: names 10001 pens, and may name 10000");
    }

    @Test
    void endless_nesting_is_a_problem() {
        assertThat(problems("a.json", "[".repeat(200_000))).containsExactly("a.json: is nested too deeply");
    }

    @Test
    void much_white_space_is_none() {
        assertThat(pens("a.conf", "\n# c".repeat(100_000) + "\n" + " ".repeat(100_000) + "[]"))
                .isEmpty();
    }

    private static List<Target> pens(String file, String text) {
        FileReading reading = PensFile.read(Path.of(file), text);
        assertThat(reading).isInstanceOf(FileReading.Pens.class);
        return ((FileReading.Pens) reading).pens();
    }

    private static List<String> problems(String file, String text) {
        FileReading reading = PensFile.read(Path.of(file), text);
        assertThat(reading).as(text).isInstanceOf(FileReading.Faulty.class);
        return ((FileReading.Faulty) reading).problems();
    }
}
