package io.github.penagent.ctl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which words are commands here, and which are pen's without being offered. */
final class Commands {
    /** Words that pen's manual knows and that are for a pen that starts. */
    private static final Set<String> OF_PEN =
            Set.of("ssl_ca_file", "ssl_ca_path", "ssl_cert", "ssl_key", "ssl_session_id_context");

    private Commands() {}

    /** Every command under its name, in the order of the help. */
    static Map<String, CtlCommand> all() {
        Map<String, CtlCommand> all = new LinkedHashMap<>();
        all.put("servers", new ServersCommand());
        all.put("recent", new RecentCommand());
        all.put("mode", new ModeCommand());
        all.put("top", new TopCommand());
        all.put("doctor", new DoctorCommand());
        all.put("status", new StatusCommand());
        Stream.of(
                        ServerWords.all(),
                        ValueWords.all(),
                        ToggleWords.all(),
                        SettingWords.all(),
                        List.of(AclWords.acl()),
                        ActionWords.all())
                .flatMap(List::stream)
                .forEach(command -> all.put(command.word(), command));
        return all;
    }

    /** Why {@code words}, which begin with no command, are refused; {@code similar} are commands that look like it. */
    static String refusal(List<String> words, List<String> similar) {
        String word = words.get(0);
        if (OF_PEN.contains(word)) {
            return "'" + word
                    + "' is for a pen that starts, and not offered here: write it into pen's configuration. Nothing was sent";
        }
        if (word.startsWith("-")) {
            return "Unknown option: '" + word + "'";
        }
        String meant = similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
        return "Unknown command: '" + word + "'" + meant;
    }
}
