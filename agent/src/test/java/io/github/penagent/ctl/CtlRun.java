package io.github.penagent.ctl;

import io.github.penagent.penctl.ScriptedControl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import reactor.core.scheduler.Schedulers;

/** One call of {@code ctl} against a pen that exists as text. */
record CtlRun(int code, String out, String err, List<String> asked) {

    static CtlRun of(Function<String, String> replies, String... words) {
        ScriptedControl control = new ScriptedControl(Schedulers.parallel(), System::nanoTime, replies);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Ctl.commandLine((endpoint, deadline) -> new Dialing.Line(control, () -> {}), Style.PLAIN)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] all = new String[words.length + 1];
        all[0] = "127.0.0.1:8888";
        System.arraycopy(words, 0, all, 1, words.length);
        return new CtlRun(line.execute(all), out.toString(), err.toString(), control.asked());
    }
}
