package io.github.penagent.faults;

import io.github.penagent.peers.AgentProcess;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page of metrics, sample by sample.
 *
 * @param values by everything that stands before the value
 */
record Samples(Map<String, Double> values) {
    /** The metrics as they are now. */
    static Samples of(AgentProcess agent) {
        return of(agent, "/metrics");
    }

    /** Those of a path that says which. */
    static Samples of(AgentProcess agent, String path) {
        HttpResponse<String> response = agent.get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        return of(response.body());
    }

    static Samples of(String page) {
        Map<String, Double> values = new TreeMap<>();
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return new Samples(values);
    }

    /** The value of the one sample that is called so. */
    double value(String sample) {
        Double value = values.get(sample);
        if (value == null) {
            throw new AssertionError("no sample " + sample + " in " + values);
        }
        return value;
    }

    double of(String family, String pen) {
        return value(family + "{pen=\"" + pen + "\"}");
    }

    boolean up(String pen) {
        return of("pen_up", pen) == 1;
    }

    double failures(String pen, String reason) {
        return value("pen_poll_failures_total{pen=\"" + pen + "\",reason=\"" + reason + "\"}");
    }

    /** Of every reason. */
    double failures(String pen) {
        return sum("pen_poll_failures_total{pen=\"" + pen + "\",");
    }

    /** Of all samples that begin so. */
    double sum(String beginning) {
        return values.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(beginning))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** What the page tells of one pen's inside, as opposed to its polls. */
    List<String> inside(String pen) {
        return values.keySet().stream()
                .filter(sample -> sample.contains("pen=\"" + pen + "\""))
                .filter(
                        sample -> sample.matches(
                                "pen_(server_.*|servers|info|connections_limit|clients_limit|blacklist_seconds|recent_clients).*"))
                .toList();
    }
}
