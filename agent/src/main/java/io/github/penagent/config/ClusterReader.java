package io.github.penagent.config;

import static io.github.penagent.config.Rules.count;
import static io.github.penagent.config.Rules.seconds;
import static io.github.penagent.config.Rules.text;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.cluster.etcd.EtcdSettings;
import io.github.penagent.cluster.etcd.Password;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of the pens are this agent's, and where that is agreed on. */
final class ClusterReader {
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,1024}");
    private static final Rule<String> PREFIX = text(
            ClusterSettings.PREFIX,
            "must begin with a slash and not end with one, of letters, digits, _, . and -, such as /pen-agent");
    private static final Rule<String> USER = text(LINE, "must be the name of a user of etcd");

    private final Path folder;
    private final int twins;

    /**
     * @param folder of the configuration file, where relative paths begin
     * @param twins how many agents act on the same pens without knowing of each other
     */
    ClusterReader(Path folder, int twins) {
        this.folder = folder;
        this.twins = twins;
    }

    ClusterSettings read(Section cluster) {
        ClusterSettings shared = cluster.section("etcd", this::etcd);
        ClusterSettings given = shard(cluster);
        if (!(shared instanceof ClusterSettings.OnEtcd)) {
            return given;
        }
        for (String key : List.of("shard", "of")) {
            if (cluster.isWritten(key)) {
                cluster.refuse(key, "has no meaning beside etcd, where the agents agree on their shares; leave it out");
            }
        }
        return shared;
    }

    private static ClusterSettings shard(Section cluster) {
        int of = cluster.value("of", count(1, ClusterSettings.MAX_SHARDS));
        int shard = cluster.value("shard", count(1, ClusterSettings.MAX_SHARDS));
        if (shard > of) {
            cluster.refuse("shard", "must be at most of, which is " + of);
            return new ClusterSettings.Alone();
        }
        return of == 1 ? new ClusterSettings.Alone() : new ClusterSettings.Shard(shard, of);
    }

    private ClusterSettings etcd(Section etcd) {
        List<URI> endpoints = endpoints(etcd);
        String prefix = etcd.value("prefix", PREFIX);
        int ttl = etcd.value(
                "ttl", seconds((int) ClusterSettings.MIN_TTL.toSeconds(), (int) ClusterSettings.MAX_TTL.toSeconds()));
        Optional<EtcdSettings.Login> login = login(etcd);
        boolean secure = endpoints.stream().anyMatch(one -> one.getScheme().equals("https"));
        EtcdSettings.Tls tls = etcd.section("tls", section -> new EtcdTlsReader(section, folder).read(secure));
        if (endpoints.isEmpty()) {
            return new ClusterSettings.Alone();
        }
        if (twins > 1) {
            etcd.refuse(
                    "endpoints",
                    "cannot be beside remediation.agents = " + twins
                            + ": agents that know of each other share the pens, and each pen has one agent");
        }
        return new ClusterSettings.OnEtcd(new EtcdSettings(endpoints, login, tls), Duration.ofSeconds(ttl), prefix);
    }

    private static List<URI> endpoints(Section etcd) {
        if (!etcd.written().isEmpty() && !etcd.isWritten("endpoints")) {
            etcd.refuse("endpoints", "is missing");
        }
        Set<URI> known = new HashSet<>();
        List<URI> endpoints = etcd.values("endpoints", value -> {
            URI endpoint = EtcdSettings.endpoint(text(value, EtcdSettings.ENDPOINT_RULE));
            if (!known.add(endpoint)) {
                throw new IllegalArgumentException("is in this list twice");
            }
            return endpoint;
        });
        if (endpoints.size() > EtcdSettings.MAX_ENDPOINTS) {
            etcd.refuse("endpoints", "must be at most " + EtcdSettings.MAX_ENDPOINTS);
            return List.of();
        }
        return endpoints;
    }

    private Optional<EtcdSettings.Login> login(Section etcd) {
        Optional<String> user = etcd.optional("user", USER);
        Optional<String> password = etcd.optional(
                "password-file", value -> password(SmallFile.in(folder).read(value)));
        if (etcd.isWritten("user") != etcd.isWritten("password-file")) {
            etcd.refuse(etcd.isWritten("user") ? "password-file" : "user", "is missing");
        }
        return user.flatMap(name -> password.map(word -> new EtcdSettings.Login(name, new Password(word))));
    }

    /** Without showing what is there. */
    private static String password(String contents) {
        String line = contents.replaceFirst("\\r?\\n$", "");
        if (!LINE.matcher(line).matches()) {
            throw new IllegalArgumentException("must contain one line of 1 to 1024 characters");
        }
        return line;
    }
}
