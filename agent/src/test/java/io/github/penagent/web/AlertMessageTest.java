package io.github.penagent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertMessageTest {
    /** As Alertmanager 0.25 sends it, with what newer ones add. */
    private static final String MESSAGE = """
            {"receiver":"pen-agent","status":"firing","alerts":[
              {"status":"firing","labels":{"alertname":"BackendErrors","pen":"web","address":"10.0.0.1:80"},
               "annotations":{"summary":"s"},"startsAt":"2026-11-21T12:00:00.123456789Z","endsAt":"0001-01-01T00:00:00Z",
               "generatorURL":"http://p/graph","fingerprint":"0a1b2c3d4e5f6071"},
              {"status":"resolved","labels":{},"annotations":{},"startsAt":"2026-11-21T13:30:00+01:00",
               "endsAt":"2026-11-21T13:31:00+01:00","generatorURL":"","fingerprint":"ff"}],
             "groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://a","version":"4",
             "groupKey":"{}:{}","truncatedAlerts":3,"notification_reason":"new","routeLabels":{}}
            """;

    @Test
    void what_is_needed_is_read_and_what_else_is_there_does_not_matter() {
        AlertMessage message = AlertMessage.parse(Buffer.buffer(MESSAGE));

        assertThat(message.truncated()).isEqualTo(3);
        assertThat(message.alerts())
                .containsExactly(
                        new PostedAlert(
                                "0a1b2c3d4e5f6071",
                                Instant.parse("2026-11-21T12:00:00.123456789Z"),
                                true,
                                Map.of("alertname", "BackendErrors", "pen", "web", "address", "10.0.0.1:80")),
                        new PostedAlert("ff", Instant.parse("2026-11-21T12:30:00Z"), false, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                  | the body must be a JSON object
                    null                                | the body must be a JSON object
                    []                                  | the body must be a JSON object
                    {"version":"4","alerts":[]} {}      | the body must be one JSON object and nothing else
                    {"version":"4","version":"4"}       | the body is no JSON: Duplicate field 'version'
                    {"version":4,"alerts":[]}           | version must be "4"
                    {"version":"3","alerts":[]}         | version must be "4"
                    {"alerts":[]}                       | version must be "4"
                    {"version":"4"}                     | alerts must be a list
                    {"version":"4","alerts":{}}         | alerts must be a list
                    {"version":"4","alerts":[7]}        | alerts[0] must be an object
                    """)
    void a_message_that_is_none_is_refused_with_the_rule(String body, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertMessage.parse(Buffer.buffer(body)))
                .withMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "status":"firing"                     | "status":"fired"   | alerts[0].status must be firing or resolved
                    "status":"firing","labels"            | "labels"           | alerts[0].status must be text
                    "fingerprint":"0a1b2c3d4e5f6071"      | "fingerprint":""   | alerts[0].fingerprint must be 1 to 64 letters and digits
                    "fingerprint":"0a1b2c3d4e5f6071"      | "fingerprint":7    | alerts[0].fingerprint must be text
                    "startsAt":"2026-11-21T12             | "startsAt":"12     | alerts[0].startsAt must be a time as in RFC 3339
                    "pen":"web"                           | "pen":7            | alerts[0].labels must have text for values
                    "labels":{}                           | "labels":[]        | alerts[1].labels must be an object of at most 128 labels
                    """)
    void one_alert_that_is_none_spoils_the_message_and_is_named(String right, String wrong, String problem) {
        String body = MESSAGE.replaceFirst("\\{\"receiver\":\"pen-agent\",\"status\":\"firing\",", "{");
        String spoilt = body.replaceFirst(java.util.regex.Pattern.quote(right), wrong);
        assertThat(spoilt).isNotEqualTo(body);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertMessage.parse(Buffer.buffer(spoilt)))
                .withMessage(problem);
    }

    @Test
    void depth_length_and_number_are_bounded() {
        String deep = "{\"version\":\"4\",\"alerts\":[],\"x\":" + "[".repeat(40) + "]".repeat(40) + "}";
        String longText = "{\"version\":\"4\",\"alerts\":[],\"x\":\"" + "x".repeat(70_000) + "\"}";
        String many = "{\"version\":\"4\",\"alerts\":[" + "7,".repeat(1_000) + "7]}";

        for (String body : new String[] {deep, longText}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AlertMessage.parse(Buffer.buffer(body)))
                    .withMessageStartingWith("the body is no JSON: ");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertMessage.parse(Buffer.buffer(many)))
                .withMessage("alerts must have at most 1000 elements");
    }

    @Test
    void whatever_is_cut_or_damaged_is_read_or_refused_in_one_line() {
        Random random = new Random(7);
        byte[] bytes = MESSAGE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = java.util.Arrays.copyOf(bytes, i % 2 == 0 ? bytes.length : random.nextInt(bytes.length));
            for (int n = random.nextInt(4); n > 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(AlertMessage.parse(Buffer.buffer(damaged)).alerts()).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            }
        }
    }
}
