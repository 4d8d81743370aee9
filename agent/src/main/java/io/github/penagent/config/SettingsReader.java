package io.github.penagent.config;

import static io.github.penagent.config.Rules.bytes;
import static io.github.penagent.config.Rules.count;
import static io.github.penagent.config.Rules.duration;
import static io.github.penagent.config.Rules.flag;
import static io.github.penagent.config.Rules.hostPort;
import static io.github.penagent.config.Rules.readable;
import static io.github.penagent.config.Rules.share;

import io.github.penagent.discovery.TargetsSettings;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.web.Access;
import io.github.penagent.web.WebSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys there are, section by section. */
final class SettingsReader {
    private SettingsReader() {}

    /**
     * Reads everything; what comes back is of use only if no problems were found.
     *
     * @param folder of the file, where relative paths begin
     */
    static Settings read(Section top, Path folder) {
        return top.readAll(all -> all.section("pen-agent", agent -> agent(agent, folder)));
    }

    private static Settings agent(Section agent, Path folder) {
        TargetsReader elsewhere = new TargetsReader(folder);
        TargetsSettings targets = agent.section("targets", elsewhere::read);
        PensReader reader = new PensReader(agent);
        List<Target> pens = elsewhere.any() ? reader.readAny() : reader.read();
        PollSettings poll = agent.section("poll", SettingsReader::poll);
        Set<String> names = pens.stream().map(Target::name).collect(Collectors.toSet());
        RemediationSettings remediation = agent.section(
                "remediation", new RemediationReader(new PenNames(names, elsewhere.any()), poll, folder)::read);
        return new Settings(
                pens,
                targets,
                poll,
                agent.section("recent-clients", SettingsReader::recentClients),
                agent.section("web", web -> web(web, folder)),
                agent.section("admin", new AdminReader(folder)::read),
                new ChecksReader(agent, new PenNames(reader.names(), elsewhere.any())).read(),
                agent.section("passive", SettingsReader::passive),
                remediation,
                agent.section("cluster", new ClusterReader(folder, remediation.agents())::read),
                agent.section("reload", SettingsReader::reload));
    }

    private static PollSettings poll(Section poll) {
        return new PollSettings(
                poll.value("interval", duration(PollSettings.MIN_INTERVAL, PollSettings.MAX_INTERVAL)),
                poll.value("deadline", duration(PollSettings.MIN_DEADLINE, PollSettings.MAX_DEADLINE)),
                poll.value("max-pen-load", share(PollSettings.MAX_LOAD)));
    }

    private static RecentClientsSettings recentClients(Section clients) {
        return new RecentClientsSettings(
                clients.value("enabled", flag()),
                clients.value("window", duration(RecentClientsSettings.MIN, RecentClientsSettings.MAX)),
                clients.value("interval", duration(RecentClientsSettings.MIN, RecentClientsSettings.MAX.dividedBy(2))),
                clients.value("top", count(0, RecentClientsSettings.MAX_TOP)));
    }

    private static PassiveSettings passive(Section passive) {
        return new PassiveSettings(
                passive.value("enabled", flag()),
                passive.value("reads", count(PassiveSettings.MIN_READS, PassiveSettings.MAX_READS)),
                passive.value("min-bytes", bytes(1, PassiveSettings.MAX_BYTES)));
    }

    private static Optional<Duration> reload(Section reload) {
        return reload.optional("watch", duration(Settings.MIN_RELOAD_WATCH, Settings.MAX_RELOAD_WATCH));
    }

    private static WebSettings web(Section web, Path folder) {
        HostPort listen = web.value("listen", hostPort(0));
        Optional<Path> configFile = web.optional("config-file", readable(folder));
        Optional<Access> access = configFile.flatMap(file -> web.file("config-file", file, WebConfigFile::read));
        return new WebSettings(
                listen.address(),
                web.optional("advertise", hostPort(1)).map(HostPort::toString),
                web.value("show-clients", flag()),
                access.orElse(Access.OPEN),
                new AccessFiles("pen-agent.web", Optional.empty(), configFile));
    }
}
