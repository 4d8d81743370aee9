package io.github.penagent.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Takes quoted commands apart, {@code "server 0 blacklist 30"}, as penctl does by sending all its words with spaces
 * between. A path, which may be the target's, stays whole: no command begins with a slash.
 */
final class Unquoting implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own signature.
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec arg, Map<String, Object> info) {
        if (args.size() > 1 && isNotForPen(command, args.get(args.size() - 2))) {
            return false;
        }
        List<String> words = new ArrayList<>();
        for (String word : args) {
            // The stack holds the words from the last to the first.
            List<String> parts = parts(word);
            for (int i = parts.size() - 1; i >= 0; i--) {
                words.add(parts.get(i));
            }
        }
        args.clear();
        args.addAll(words);
        return false;
    }

    /** What is said to the agent may be text with spaces. */
    private static boolean isNotForPen(CommandSpec ctl, String word) {
        CommandLine command = ctl.subcommands().get(word);
        return command != null && !(command.getCommand() instanceof CtlCommand);
    }

    private static List<String> parts(String word) {
        return word.startsWith("/") || word.indexOf(' ') < 0
                ? List.of(word)
                : List.of(word.strip().split(" +"));
    }
}
