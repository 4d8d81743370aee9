package io.github.penagent.ctl;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What a pen says, command by command; one that runs well unless told otherwise. */
final class Replies implements Function<String, String> {
    private final Map<String, String> replies = new HashMap<>(Map.of(
            "servers",
            server(0, "10.0.0.1", 80, "conn 3 max 0 hard 0 weight 0 prio 0 sx 1536 rx 7340032")
                    + server(1, "10.0.0.2", 80, "conn 1 max 0 hard 0 weight 0 prio 0 sx 10 rx 20"),
            "recent 300",
            "192.0.2.1 connects 7 sx 2048 rx 300\n192.0.2.20 connects 1234 sx 0 rx 0\n",
            "recent 60",
            "192.0.2.1 connects 7 sx 2048 rx 300\n",
            "mode",
            "no hash roundrobin no stubborn no weight no prio\n",
            "pid",
            "4711\n",
            "listen",
            "0.0.0.0:80\n",
            "control",
            "/run/pen.ctl\n",
            "conn_max",
            "500\n",
            "clients_max",
            "2048\n"));

    private final Map<String, Runnable> effects = new HashMap<>();

    private Replies() {
        replies.putAll(Map.of(
                "blacklist",
                "30\n",
                "timeout",
                "5\n",
                "tracking",
                "0\n",
                "client_acl",
                "0\n",
                "control_acl",
                "0\n",
                "debug",
                "0\n"));
    }

    static Replies healthy() {
        return new Replies();
    }

    /** The same pen, but for one reply. */
    Replies but(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    /** {@code order} is taken without a word, and {@code command} says something else from then on. */
    Replies changed(String order, String command, String reply) {
        effects.put(order, () -> replies.put(command, reply));
        return but(order, "");
    }

    static String server(int slot, String address, int port, String rest) {
        return slot + " addr " + address + " port " + port + " " + rest + "\n";
    }

    @Override
    public String apply(String command) {
        effects.getOrDefault(command, () -> {}).run();
        return replies.getOrDefault(command, "do_cmd: ignoring command starting with '" + command + "'\n");
    }
}
