package io.github.penagent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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

    /** The same in the words of a service, which picocli does not see. */
    static CommandRun plain(Launcher launcher, Path file) {
        StringWriter err = new StringWriter();
        int code = Main.run(file, launcher, CommandRun::startAndClose, new PrintWriter(err, true));
        return new CommandRun(code, "", err.toString());
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    private static int startAndClose(Lifetime.Start start) throws StartFailure {
        start.now().close();
        return Main.DONE;
    }
}
