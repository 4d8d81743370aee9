package io.github.penagent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One call of the command line: what it printed, and with which code it ended. */
record CommandRun(int code, String out, String err) {

    static CommandRun of(Launcher launcher, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(launcher, CommandRun::startAndClose)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new CommandRun(code, out.toString(), err.toString());
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    private static int startAndClose(Lifetime.Start start) throws StartFailure {
        start.now().close();
        return Main.DONE;
    }
}
