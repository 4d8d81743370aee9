package io.github.penagent.ctl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which words are commands here, and which are pen's without being offered. */
final class Commands {
    /** Words that pen's manual knows and that would change it, or that nothing here reads yet. */
    private static final Set<String> OF_PEN = Set.of(
            ("abort_on_error acl ascii close connection dsr_if dsr_ip dummy epoll exit hash http idle_timeout idlers include "
                            + "keepalive kqueue log no peek pending_max poll prio roundrobin select server socket source "
                            + "ssl_ca_file ssl_ca_path ssl_cert ssl_ciphers ssl_client_renegotiation_interval ssl_key "
                            + "ssl_ocsp_response ssl_option ssl_session_id_context ssl_sni_path status stubborn tarpit_acl "
                            + "tcp_fastclose tcp_nodelay transparent web_stats weight write")
                    .split(" "));

    private Commands() {}

    /** Every command under its name, in the order of the help. */
    static Map<String, CtlCommand> all() {
        Map<String, CtlCommand> all = new LinkedHashMap<>();
        all.put("servers", new ServersCommand());
        all.put("recent", new RecentCommand());
        all.put("mode", new ModeCommand());
        all.put("top", new TopCommand());
        all.put("doctor", new DoctorCommand());
        ValueCommand.all().forEach(value -> all.put(value.word(), value));
        return all;
    }

    /** Why {@code words}, which begin with no command, are refused; {@code similar} are commands that look like it. */
    static String refusal(List<String> words, List<String> similar) {
        String word = words.get(0);
        if (OF_PEN.contains(word)) {
            return "'" + word + "' is a command of pen that this build does not offer: it only reads. Nothing was sent";
        }
        if (word.startsWith("-")) {
            return "Unknown option: '" + word + "'";
        }
        String meant = similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
        return "Unknown command: '" + word + "'" + meant;
    }
}
