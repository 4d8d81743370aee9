package io.github.penagent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.penagent.penctl.Command;

/** Each package's door list, as its package-info states it. */
@AnalyzeClasses(packages = "io.github.penagent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "io.github.penagent.";
    private static final String[] JAVA = {"java..", "jdk.net..", "org.jspecify.."};

    @ArchTest
    static final ArchRule NO_CYCLES =
            SlicesRuleDefinition.slices().matching(BASE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PENCTL_IS_USABLE_ALONE =
            only("penctl", "reactor..", "org.reactivestreams..", "io.netty..", "org.slf4j..");

    @ArchTest
    static final ArchRule FLEET_IS_PLAIN_JAVA = only("fleet");

    @ArchTest
    static final ArchRule POLL_KNOWS_PENS_AND_REACTOR =
            only("poll", BASE + "penctl..", BASE + "fleet..", "reactor..", "org.reactivestreams..", "org.slf4j..");

    @ArchTest
    static final ArchRule METRICS_KNOWS_STATES_AND_METERS = only(
            "metrics",
            BASE + "fleet..",
            BASE + "poll..",
            BASE + "discovery..",
            "io.micrometer..",
            "io.netty.buffer..",
            "com.sun.management..");

    @ArchTest
    static final ArchRule DISCOVERY_KNOWS_TARGETS_REACTOR_AND_VERTX = only(
            "discovery",
            BASE + "penctl..",
            BASE + "poll..",
            "reactor..",
            "org.reactivestreams..",
            "io.vertx..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule WEB_KNOWS_STATES_AND_VERTX = only(
            "web",
            BASE + "fleet..",
            "io.vertx..",
            "io.github.bucket4j..",
            "at.favre.lib.crypto.bcrypt..",
            "javax.net.ssl..",
            "io.netty.buffer..",
            "io.netty.channel..",
            "com.fasterxml.jackson.core..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule HEALTH_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage(BASE + "health")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(BASE + "health", BASE + "fleet..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule PROBE_ASKS_OVER_THE_NETWORK = only(
            "health.probe",
            BASE + "health",
            BASE + "fleet..",
            "reactor..",
            "org.reactivestreams..",
            "io.vertx..",
            "io.netty..",
            "javax.net.ssl..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule REMEDIATION_KNOWS_PENS_AND_WHAT_IS_SAID_OF_THEM = only(
            "remediation",
            BASE + "penctl..",
            BASE + "fleet..",
            BASE + "health..",
            "reactor..",
            "org.reactivestreams..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule GUARDS_ARE_ARITHMETIC = only("remediation.guard");

    @ArchTest
    static final ArchRule ONLY_THE_HAND_SENDS_LEASES = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "remediation", BASE + "penctl..")
            .should()
            .callMethod(Command.class, "blacklist", int.class, int.class)
            .orShould()
            .callMethod(Command.class, "pendingMax", int.class);

    @ArchTest
    static final ArchRule CLUSTER_ASKS_OVER_THE_NETWORK =
            only("cluster", "reactor..", "org.reactivestreams..", "io.vertx..", "org.slf4j..");

    @ArchTest
    static final ArchRule CONFIG_KNOWS_SETTINGS = only(
            "config",
            BASE + "penctl..",
            BASE + "poll..",
            BASE + "web..",
            BASE + "health..",
            BASE + "remediation..",
            BASE + "discovery..",
            BASE + "cluster..",
            "com.typesafe.config..",
            "org.snakeyaml.engine..");

    @ArchTest
    static final ArchRule CTL_KNOWS_PENS_AND_A_TERMINAL =
            only("ctl", BASE + "penctl..", "picocli..", "reactor..", "org.reactivestreams..", "org.jline..");

    @ArchTest
    static final ArchRule DEMO_STANDS_OUTSIDE = only("demo", "io.vertx..", "io.netty..", "org.slf4j..");

    @ArchTest
    static final ArchRule LOGGING_STANDS_ALONE = only("logging", "org.slf4j..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule METRICS_SEES_ONLY_THE_LISTENER_OF_POLL = noClasses()
            .that()
            .resideInAPackage(BASE + "metrics..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(BASE + "poll.Poller");

    @ArchTest
    static final ArchRule CONFIGURATION_LIBRARY_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config..");

    @ArchTest
    static void subscriptions_begin_in_the_wiring(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage(BASE + "*..")
                .should()
                .callMethod(reactor.core.publisher.Mono.class, "subscribe")
                .orShould()
                .callMethod(reactor.core.publisher.Flux.class, "subscribe")
                .check(all);
    }

    private static ArchRule only(String room, String... mayTouch) {
        String[] allowed = new String[mayTouch.length + JAVA.length + 1];
        System.arraycopy(mayTouch, 0, allowed, 0, mayTouch.length);
        System.arraycopy(JAVA, 0, allowed, mayTouch.length, JAVA.length);
        allowed[allowed.length - 1] = BASE + room + "..";
        return classes()
                .that()
                .resideInAPackage(BASE + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true);
    }
}
