package io.github.penagent.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Slots;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import io.github.penagent.web.DecisionRow;
import io.github.penagent.web.Others;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a person sees at {@code /}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "needs chromium: mvn verify -Pfull")
class StatusPageIT {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final String EVIL = "\"'><img src=x onerror=window.hacked=1><script>window.hacked=1</script>";

    /** The place in the table of the row in the middle of the screen, as soon as there is one. */
    private static final String ROW_AT_MIDDLE = "new Promise(done => { const look = () => {"
            + " const row = document.elementFromPoint(600, 450)?.closest('tr.row');"
            + " row ? done(Number(row.getAttribute('aria-rowindex'))) : requestAnimationFrame(look); }; look(); })";

    private Chromium chromium;

    @BeforeAll
    void launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = new Chromium();
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @AfterEach
    void closePages() {
        chromium.closePages();
    }

    @Test
    void a_backend_that_fails_is_seen_to_fail_and_to_leave_without_a_reload() {
        try (Site site = Site.of(3).underLoad(30).awaitTraffic();
                RunningAgent agent = RunningAgent.with()
                        .listening("web", site.pen)
                        .set("poll { interval = 1s, deadline = 1s, max-pen-load = 10% }")
                        .set("checks = [{ name = home, type = http, path = \"/10\", interval = 500ms,"
                                + " fast-interval = 200ms, timeout = 400ms, fall = 3, rise = 2 }]")
                        .set("web.show-clients = true")
                        .set("recent-clients { top = 5, interval = 5s }")
                        .set("remediation { mode = enforce, pens { web = enforce }, lease = 6s, warm-up = 1s }")
                        .start()) {
            Page page = chromium.open("http://" + agent.address() + "/");
            assertThat(page.locator("tr.row")).hasCount(1);
            assertThat(page.locator("tr.row .c-state")).containsText("up");
            assertThat(page.locator("#attention-head")).containsText("nothing needs attention");
            page.evaluate("window.loadedOnce = true");
            page.locator("tr.row a").click();
            assertThat(page.locator("tr.row")).hasCount(3);
            Locator failing = row(page, site.address(1));
            assertThat(failing.locator(".c-state")).containsText("serving");
            page.locator("#clients-show").click();
            assertThat(page.locator("#clients-rows td").first()).containsText("127.0.0.1");

            site.kill(1);

            assertThat(failing.locator(".c-state")).containsText("ejected,");
            assertThat(failing.locator(".c-state")).containsText("refused");
            assertThat(page).hasTitle(Pattern.compile("\\([1-9]\\) web - pen-agent"));
            assertThat(page.locator("#attention")).containsText(site.address(1));
            assertThat(page.locator("#live")).containsText(site.address(1) + " is ejected");
            assertThat(page.locator("#decisions-list")).containsText("guards asked, all agree");
            Chromium.picture(page, "failing");

            site.restart(1);

            assertThat(failing.locator(".c-state")).containsText("serving");
            assertThat(page).hasTitle("web - pen-agent");
            assertThat(page.evaluate("window.loadedOnce")).isEqualTo(true);
            assertThat(chromium.complaints).isEmpty();
        }
    }

    @Test
    void what_others_wrote_is_text_whatever_it_looks_like() {
        String longest = "/run/" + "x".repeat(90) + "/<b>bold</b>.sock";
        String backwards = "\u202e/run/evil";
        MadeUpFleet fleet = new MadeUpFleet(1, 1);
        String pen = MadeUpFleet.name(0);
        Slots.Builder slots = Slots.builder(3);
        List<String> addresses = List.of(EVIL, longest, backwards);
        for (int i = 0; i < addresses.size(); i++) {
            slots.traffic(i, addresses.get(i), 1, 2).gauges(i, 1, 0, 0, 1, 1);
        }
        fleet.learn(new Observation.Polled(
                pen,
                new Observation.Sample(
                        System.nanoTime(),
                        Instant.now(),
                        Duration.ofMillis(1),
                        OptionalInt.of(7),
                        0.001,
                        slots.build())));
        fleet.learn(new Observation.Checked(
                pen,
                new Checks(List.of(new Checks.Row(
                        EVIL, "home", Checks.Standing.DOWN, OptionalDouble.empty(), 1, 1, "said " + EVIL)))));
        fleet.learn(
                new Observation.ClientsRead(pen, new Clients(1, 1, List.of(new Clients.Row(EVIL + "c", 1, 2, 3)), 0)));
        fleet.think(
                pen,
                List.of(),
                MadeUpFleet.outlook(
                        MadeUpFleet.failing(0, EVIL, "evidence " + EVIL),
                        MadeUpFleet.held(1, longest, "ann" + EVIL, "reason" + EVIL)));
        fleet.freeze();
        try (MadeUpAgent agent = new MadeUpAgent(fleet)) {
            agent.decisions.add(decision(pen, EVIL));
            Page page = chromium.open(agent.url() + "#/pens/" + pen + "/0");
            page.locator("#clients-show").click();

            assertThat(page.locator("#clients-rows")).containsText(EVIL + "c");
            assertThat(page.locator("#detail-head")).containsText(EVIL);
            assertThat(page.locator("#attention")).containsText("evidence " + EVIL);
            assertThat(page.locator("#decisions-list")).containsText("why " + EVIL);
            assertThat(row(page, "x".repeat(90)).locator(".c-state")).containsText("ann" + EVIL);
            assertThat(page.locator("main img, main script")).hasCount(0);
            assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("long text does not widen the page")
                    .isEqualTo(true);
            assertThat(chromium.complaints).isEmpty();
        }
    }

    @Test
    void who_watches_the_other_pens_is_named_and_can_be_gone_to() {
        try (MadeUpAgent agent = new MadeUpAgent(new MadeUpFleet(2, 1))) {
            agent.others = new Others(
                    "a:1", List.of("a:1", "b.example:2", EVIL), Map.of("smtp", "b.example:2", "ftp " + EVIL, EVIL));
            Page page = chromium.open(agent.url());

            assertThat(page.locator("#agents-where")).containsText("a:1 2 pens, this page");
            assertThat(page.locator("#agents-where")).containsText("b.example:2 1 pen");
            assertThat(page.locator("#agents-pens dt")).hasCount(2);
            assertThat(page.locator("#agents-pens a")).hasAttribute("href", "http://b.example:2/#/pens/smtp");
            assertThat(page.locator("#agents-pens")).containsText("ftp " + EVIL);
            assertThat(page.locator("main img, main script")).hasCount(0);

            page.locator("#filter").fill("smtp");
            assertThat(page.locator("#agents-pens dt")).hasCount(1);

            agent.others = Others.NONE;
            assertThat(page.locator("#agents")).isHidden();
            assertThat(chromium.complaints).isEmpty();
        }
    }

    @Test
    void hands_need_no_mouse() {
        try (MadeUpAgent agent = new MadeUpAgent(new MadeUpFleet(60, 3))) {
            Page page = chromium.open(agent.url());

            page.keyboard().press("/");
            page.keyboard().type("pen-03");
            assertThat(page.locator("#rows-head")).hasText("Pens (10 of 60)");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("tr.row:focus")).containsText("pen-032");
            // Focus stays where it is while the rows below it change.
            page.waitForTimeout(2500);
            assertThat(page.locator("tr.row:focus")).containsText("pen-032");
            page.keyboard().press("Enter");
            assertThat(page.locator("#pen-head")).hasText("pen-032");
            page.keyboard().press("Escape");
            assertThat(page.locator("#filter")).hasValue("");
            page.keyboard().press("Escape");
            assertThat(page.locator("#rows-head")).hasText("Pens (60)");
            assertThat(page.locator("tr.row:focus")).containsText("pen-032");
            assertThat(chromium.complaints).isEmpty();
        }
    }

    @Test
    void a_table_says_what_it_is_how_long_and_how_it_is_sorted() {
        try (MadeUpAgent agent = new MadeUpAgent(new MadeUpFleet(60, 3))) {
            Page page = chromium.open(agent.url() + "#/backends");

            assertThat(page.locator("table")).hasAttribute("aria-rowcount", "181");
            assertThat(page.locator("th.c-state")).hasAttribute("aria-sort", "descending");
            page.locator("th.c-address button").click();
            assertThat(page.locator("th.c-address")).hasAttribute("aria-sort", "ascending");
            assertThat(page.locator("tr.row .c-address").first()).hasText(MadeUpFleet.address(0, 0));
            page.locator("th.c-address button").click();
            assertThat(page.locator("tr.row .c-address").first()).hasText(MadeUpFleet.address(59, 2));
            assertThat(page.locator("th.c-state[aria-sort]")).hasCount(0);
        }
    }

    @Test
    void a_broken_line_is_said_loudly_and_mends_by_itself() {
        try (MadeUpAgent agent = new MadeUpAgent(new MadeUpFleet(3, 2))) {
            Page page = chromium.open(agent.url());

            agent.goAway();
            assertThat(page.locator("#stale")).isVisible();
            assertThat(page.locator("#stale")).containsText("No live data since");
            assertThat(page.locator("body")).hasClass("stale");
            Chromium.picture(page, "stale");
            agent.fleet.remove(MadeUpFleet.name(1));
            agent.comeBack();

            assertThat(page.locator("#stale")).isHidden();
            assertThat(page.locator("#line")).hasText("live");
            assertThat(page.locator("tr.row")).hasCount(2);
        }
    }

    @Test
    void pens_that_go_leave_the_page_and_new_trouble_comes_first() {
        MadeUpFleet fleet = new MadeUpFleet(5, 2);
        try (MadeUpAgent agent = new MadeUpAgent(fleet)) {
            Page page = chromium.open(agent.url());
            assertThat(page.locator("tr.row")).hasCount(5);

            fleet.remove(MadeUpFleet.name(2));
            assertThat(page.locator("tr.row")).hasCount(4);
            fleet.think(
                    MadeUpFleet.name(4),
                    List.of(new Remedy.Ejected(1, MadeUpFleet.address(4, 1), System.nanoTime() + 600_000_000_000L)),
                    MadeUpFleet.outlook(MadeUpFleet.failing(0, MadeUpFleet.address(4, 0), "check home: refused")));

            assertThat(page.locator("tr.row").first()).containsText("pen-004");
            assertThat(page).hasTitle("(2) pen-agent");
            assertThat(page.locator("#attention-list li").first()).containsText("kept in by guard min_healthy");
            assertThat(page.locator("#attention-list li").nth(1))
                    .containsText("min left", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        }
    }

    @Test
    void of_ten_thousand_backends_only_those_on_screen_are_there() throws IOException {
        try (MadeUpAgent agent = new MadeUpAgent(new MadeUpFleet(500, 20))) {
            Page page = chromium.open(agent.url() + "#/backends");
            assertThat(page.locator("#rows-head")).hasText("Backends (10\u202f000)");
            page.evaluate("window.longTasks.length = 0");
            page.waitForTimeout(10_000);
            double blocked = ((Number) page.evaluate("window.longTasks.reduce((a, b) => a + b, 0)")).doubleValue();
            String measured = "long tasks in 10 s, ms: " + page.evaluate("JSON.stringify(window.longTasks)");
            Path folder = Files.createDirectories(Path.of("target", "status-page"));
            Files.writeString(folder.resolve("measured.txt"), measured + "\n");

            assertThat(blocked)
                    .as("ms of 10 s in which no key would be heard, " + measured)
                    .isLessThan(5_000);
            assertThat(nodes(page)).isLessThan(2_500);
            page.evaluate("scrollTo(0, 200000)");
            assertThat(((Number) page.evaluate(ROW_AT_MIDDLE)).intValue()).isBetween(4_500, 5_500);
            assertThat(nodes(page)).isLessThan(2_500);
            Chromium.picture(page, "crowded");
            page.locator("#filter").fill("pen-321 10.1.121.7");
            assertThat(page.locator("tr.row")).hasCount(1);
            assertThat(chromium.complaints).isEmpty();
        }
    }

    @Test
    void it_fits_a_phone_and_the_night() {
        MadeUpFleet fleet = new MadeUpFleet(12, 4);
        fleet.think(
                MadeUpFleet.name(3),
                List.of(),
                MadeUpFleet.outlook(MadeUpFleet.failing(0, MadeUpFleet.address(3, 0), "check home: refused")));
        try (MadeUpAgent agent = new MadeUpAgent(fleet)) {
            for (String view : List.of("", "#/backends", "#/pens/pen-003/0", "#/decisions")) {
                Page phone = chromium.open(agent.url() + view, 360, 740, ColorScheme.LIGHT);
                assertThat(phone.evaluate("document.documentElement.scrollWidth <= 360"))
                        .as("nothing hangs over in " + view)
                        .isEqualTo(true);
                Chromium.picture(phone, "phone" + view.replaceAll("\\W+", "-"));
            }
            Page night = chromium.open(agent.url(), 1280, 900, ColorScheme.DARK);
            assertThat(night.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(15, 19, 24)");
            Chromium.picture(night, "dark");
            assertThat(chromium.complaints).isEmpty();
        }
    }

    @Test
    void a_link_to_one_pen_hears_of_that_one_alone() {
        try (MadeUpAgent agent = new MadeUpAgent(new MadeUpFleet(5, 2))) {
            Page page = chromium.open(agent.url() + "?pen=pen-002");

            assertThat(page.locator("#pen-head")).hasText("pen-002");
            assertThat(page.locator("tr.row")).hasCount(2);
            page.locator("#views a").first().click();
            assertThat(page.locator("tr.row")).hasCount(5);
            assertThat(page).hasURL(agent.url() + "#/", new PageAssertions.HasURLOptions().setTimeout(PATIENCE_MILLIS));
        }
    }

    private static int nodes(Page page) {
        return ((Number) page.evaluate("document.querySelectorAll('*').length")).intValue();
    }

    private static Locator row(Page page, String text) {
        return page.locator("tr.row").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static DecisionRow decision(String pen, String text) {
        return new DecisionRow(
                Instant.now(),
                1,
                pen,
                0,
                text,
                "eject",
                "enforce",
                Optional.of("check"),
                "why " + text,
                List.of(new DecisionRow.GuardAnswer("cap", false, "words " + text)),
                Optional.of("cap"),
                20,
                Optional.of("confirmed"),
                Optional.of("seen " + text));
    }
}
