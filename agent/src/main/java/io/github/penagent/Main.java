package io.github.penagent;

import io.github.penagent.config.Settings;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.*;
import io.github.penagent.web.WebSettings;
import java.time.Duration;
import java.util.*;

final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        List<Target> t = new ArrayList<>();
        for (int i = 1; i < args.length; i++) t.add(new Target("p" + i, Endpoint.parse(args[i]), Optional.empty()));
        Agent.start(
                new Settings(
                        t,
                        new PollSettings(Duration.ofMillis(Integer.parseInt(args[0])), Duration.ofSeconds(2), 0.01),
                        new RecentClientsSettings(true, Duration.ofMinutes(5), Duration.ofSeconds(30), 0),
                        new WebSettings("127.0.0.1", 10911, Optional.empty(), false)),
                "{}",
                Build.read());
    }
}
