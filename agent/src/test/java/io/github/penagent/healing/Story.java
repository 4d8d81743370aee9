package io.github.penagent.healing;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.RunningAgent;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/** What an agent did to one pen, as its audit file tells it. */
final class Story {
    private final RunningAgent agent;
    private final String pen;

    private Story(RunningAgent agent, String pen) {
        this.agent = agent;
        this.pen = pen;
    }

    static Story of(RunningAgent agent, String pen) {
        return new Story(agent, pen);
    }

    static long millis(JsonObject line) {
        return Instant.parse(line.getString("time")).toEpochMilli();
    }

    List<JsonObject> records() {
        return agent.audit().stream()
                .filter(line -> line.getString("pen").equals(pen))
                .toList();
    }

    /** What was decided, whether or not it was permitted. */
    List<JsonObject> decided(String decision) {
        return records().stream()
                .filter(line -> line.getString("decision").equals(decision)
                        && line.getString("phase").equals("decided"))
                .toList();
    }

    /** What pen was told, and took as far as can be seen. */
    List<JsonObject> written(String decision) {
        return records().stream()
                .filter(line -> line.getString("decision").equals(decision)
                        && List.of("written", "confirmed").contains(line.getString("outcome", "")))
                .toList();
    }

    /** The first such record for this backend, no older than {@code millis}. */
    JsonObject awaitWritten(String decision, int slot, long millis, Duration limit) {
        try {
            return await(decision + " of " + slot + " on " + pen)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> firstWritten(decision, slot, millis), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no " + decision + " on " + pen + "; the agent said: " + agent.log(), e);
        }
    }

    Optional<JsonObject> firstWritten(String decision, int slot, long millis) {
        return written(decision).stream()
                .filter(line -> line.getInteger("server") == slot && millis(line) >= millis)
                .findFirst();
    }
}
