package io.github.penagent.penctl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A pen's table of servers without a pen, for what no pen does on demand. Each command may be met by something else first. */
final class ScriptedTable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Map<String, String>> rows = new ArrayList<>();
    private final Map<String, List<Function<String, String>>> surprises = new TreeMap<>();
    private final ScriptedControl control = new ScriptedControl(Schedulers.parallel(), System::nanoTime, this::reply);
    int pid = 100;
    String mode = "no hash no roundrobin no stubborn no weight no prio\n";

    /** Slots with these addresses, {@code host port}. */
    static ScriptedTable with(String... addresses) {
        ScriptedTable table = new ScriptedTable();
        for (String address : addresses) {
            String[] words = address.split(" (?=\\d+$)", 2);
            table.rows.add(row(words[0], words[1]));
        }
        return table;
    }

    private static Map<String, String> row(String host, String port) {
        Map<String, String> row = new TreeMap<>(Map.of("max", "0", "hard", "0", "weight", "0", "prio", "0", "rx", "5"));
        row.put("address", host);
        row.put("port", port);
        return row;
    }

    /** The next command that starts like this gets this reply, once; several in a row are used one after the other. */
    ScriptedTable then(String prefix, Function<String, String> reply) {
        surprises.computeIfAbsent(prefix, p -> new ArrayList<>()).add(reply);
        return this;
    }

    ScriptedTable then(String prefix, String reply) {
        return then(prefix, command -> reply);
    }

    Pen pen() {
        return Pen.over(control, PenVersion.V0_34);
    }

    Pen pen(PenVersion version) {
        return Pen.over(control, version);
    }

    PenServers servers() {
        return pen().servers();
    }

    /** What changed or tried to change pen. */
    List<String> sent() {
        return control.asked().stream()
                .filter(line -> line.startsWith("server "))
                .toList();
    }

    ScriptedControl control() {
        return control;
    }

    /** What pen does on such a command, in its own words. */
    String reply(String command) {
        for (Map.Entry<String, List<Function<String, String>>> entry : surprises.entrySet()) {
            if (command.startsWith(entry.getKey()) && !entry.getValue().isEmpty()) {
                return entry.getValue().remove(0).apply(command);
            }
        }
        return obey(command);
    }

    String obey(String command) {
        String[] words = command.split(" ", -1);
        return switch (words[0]) {
            case "pid" -> pid + "\n";
            case "mode" -> mode;
            case "servers" -> list();
            default -> change(words);
        };
    }

    private String change(String[] words) {
        int slot = Integer.parseInt(words[1]);
        while (rows.size() <= slot) {
            rows.add(row("(unknown address family", "0"));
        }
        for (int i = 2; i + 1 < words.length; i += 2) {
            rows.get(slot).put(words[i], words[i + 1]);
            if (words[i + 1].startsWith("/")) {
                rows.get(slot).put("port", "1");
            }
        }
        return "";
    }

    void restart(int newPid) {
        pid = newPid;
    }

    void counted(int slot, long rx) {
        rows.get(slot).put("rx", Long.toString(rx));
    }

    private String list() {
        StringBuilder all = new StringBuilder();
        for (int slot = 0; slot < rows.size(); slot++) {
            Map<String, String> row = rows.get(slot);
            all.append(slot)
                    .append(" addr ")
                    .append(row.get("address"))
                    .append(" port ")
                    .append(row.get("port"));
            all.append(" conn 0");
            for (String key : Arrays.asList("max", "hard", "weight", "prio")) {
                all.append(' ').append(key).append(' ').append(row.get(key));
            }
            all.append(" sx 0 rx ").append(row.get("rx")).append('\n');
        }
        return all.toString();
    }

    static Outcome outcome(Mono<Outcome> call) {
        return Objects.requireNonNull(call.block(PATIENCE));
    }
}
