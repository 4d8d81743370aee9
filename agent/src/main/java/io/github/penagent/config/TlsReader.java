package io.github.penagent.config;

import io.github.penagent.web.ClientPolicy;
import io.github.penagent.web.Secret;
import io.github.penagent.web.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code tls_server_config} of a web configuration file. */
final class TlsReader {
    private static final long MAX_BYTES = 1024 * 1024;

    /** Each word that switches TLS on; the others only shape it. */
    private static final List<String> SWITCHES =
            List.of("cert", "cert_file", "key", "key_file", "client_ca", "client_ca_file", "client_auth_type");

    private static final Map<String, ClientPolicy> POLICIES = policies();

    /** Java has switched the first two off; asked to allow them, it serves what is safer. */
    private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");

    private final Section tls;
    private final Path folder;

    /** @param folder where relative paths begin */
    TlsReader(Section tls, Path folder) {
        this.tls = tls;
        this.folder = folder;
    }

    private static Map<String, ClientPolicy> policies() {
        Map<String, ClientPolicy> all = new LinkedHashMap<>();
        all.put("NoClientCert", ClientPolicy.NONE);
        all.put("RequestClientCert", ClientPolicy.REQUEST);
        all.put("RequireAnyClientCert", ClientPolicy.REQUIRE_ANY);
        all.put("RequireClientCert", ClientPolicy.REQUIRE_ANY);
        all.put("VerifyClientCertIfGiven", ClientPolicy.VERIFY_IF_GIVEN);
        all.put("RequireAndVerifyClientCert", ClientPolicy.REQUIRE_AND_VERIFY);
        return all;
    }

    /** Empty where there is to be no TLS, or where there is a problem. */
    Optional<TlsSettings> read() {
        // Before all else, so that these keys are known ones also where TLS is off.
        Set<String> protocols = protocols();
        List<String> suites = suites(protocols);
        Set<String> sans = new LinkedHashSet<>(tls.texts("client_allowed_sans"));
        // Go has ignored it since 1.17, and so do we: of suites that are all safe, the order is of no consequence.
        tls.optional("prefer_server_cipher_suites", Rules.flag());
        // All four are safe; which of them Java takes cannot be told it for one listener.
        tls.texts("curve_preferences", Rules.oneOf(words("CurveP256", "CurveP384", "CurveP521", "X25519")));
        boolean on = SWITCHES.stream().filter(tls::isFilled).toList().size() > 0;
        return on ? on(protocols, suites, sans) : Optional.empty();
    }

    private Optional<TlsSettings> on(Set<String> protocols, List<String> suites, Set<String> sans) {
        Optional<String> certificate = needed("cert");
        Optional<String> key = needed("key");
        Optional<String> authorities = given("client_ca");
        ClientPolicy policy = tls.isFilled("client_auth_type")
                ? tls.optional("client_auth_type", Rules.oneOf(POLICIES)).orElse(ClientPolicy.NONE)
                : ClientPolicy.NONE;
        boolean vouched = isGiven("client_ca");
        if (policy.verifies() && !vouched) {
            tls.refuse("client_auth_type", "needs client_ca_file");
        } else if (policy == ClientPolicy.NONE && vouched) {
            tls.refuse(
                    tls.isFilled("client_ca_file") ? "client_ca_file" : "client_auth_type",
                    "needs client_auth_type: RequireAndVerifyClientCert");
        } else if (certificate.isPresent() && key.isPresent() && vouched == authorities.isPresent()) {
            TlsSettings settings = new TlsSettings(
                    certificate.get(), new Secret(key.get()), authorities, policy, sans, protocols, suites);
            settings.problem().ifPresent(why -> tls.refuse(place("cert"), why));
            return Optional.of(settings);
        }
        return Optional.empty();
    }

    private boolean isGiven(String name) {
        return tls.isFilled(name) || tls.isFilled(name + "_file");
    }

    private String place(String name) {
        return tls.isFilled(name + "_file") ? name + "_file" : "cert";
    }

    private Optional<String> needed(String name) {
        if (!isGiven(name)) {
            tls.refuse(name + "_file", "is missing");
        }
        return given(name);
    }

    /** From the file, or what stands in its place; the file counts if there are both. */
    private Optional<String> given(String name) {
        return tls.isFilled(name + "_file")
                ? tls.optional(name + "_file", contents())
                : tls.isFilled(name)
                        ? tls.secret(name, value -> Rules.text(value, "must be text in PEM"))
                        : Optional.empty();
    }

    private Rule<String> contents() {
        Rule<Path> readable = Rules.readable(folder);
        return value -> {
            Path file = readable.read(value);
            try {
                if (Files.size(file) > MAX_BYTES) {
                    throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
                }
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new IllegalArgumentException(file + " cannot be read; are its permissions right?", e);
            }
        };
    }

    private Set<String> protocols() {
        Rule<String> rule = Rules.oneOf(words(VERSIONS.toArray(String[]::new)));
        int least = VERSIONS.indexOf(tls.optional("min_version", rule).orElse("TLS12"));
        int most = VERSIONS.indexOf(tls.optional("max_version", rule).orElse("TLS13"));
        Set<String> protocols = new LinkedHashSet<>();
        if (least <= 2 && most >= 2) {
            protocols.add("TLSv1.2");
        }
        if (least <= 3 && most >= 3) {
            protocols.add("TLSv1.3");
        }
        if (protocols.isEmpty()) {
            tls.refuse("max_version", "must be TLS12 or TLS13, and not below min_version");
        }
        return protocols;
    }

    /** The list is about TLS 1.2 and below; those of TLS 1.3 are all on, as in Go. */
    private List<String> suites(Set<String> protocols) {
        List<String> named = tls.texts("cipher_suites", Rules.oneOf(GoCipherSuites.all()));
        if (named.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(protocols.contains("TLSv1.3") ? GoCipherSuites.tls13() : List.of());
        Stream.of(named).flatMap(List::stream).filter(one -> !all.contains(one)).forEach(all::add);
        return all;
    }

    private static Map<String, String> words(String... words) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String word : words) {
            all.put(word, word);
        }
        return all;
    }
}
