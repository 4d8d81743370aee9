package io.github.penagent.stack;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.MetricsPage.Sample;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** What happens anyway: on both pens that are healed backends fail and recover, and pens are started anew. */
final class OrdinaryLife {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final LiveStack stack;

    OrdinaryLife(LiveStack stack) {
        this.stack = stack;
    }

    /** Returns when everything is well again. */
    void live() {
        List.of(stack.web, stack.shop, stack.alone).forEach(Site::awaitTraffic);
        stack.agent.afterPolls(4, "web");

        stack.web.kill(0);
        stack.shop.backend(1).hang();
        awaitOut("web", 0);
        awaitOut("shop", 1);
        stack.web.restart(0);
        stack.shop.backend(1).revive();
        awaitAllIn("web");
        awaitAllIn("shop");

        stack.web.pen.restart();
        stack.shop.pen.restart();
        awaitNoticed("web");
        awaitNoticed("shop");

        JsonArray errors = LiveStack.alert("BackendErrors", stack.web.address(2));
        stack.alertmanager.post(errors);
        stack.shop.kill(0);
        awaitOut("web", 2);
        awaitOut("shop", 0);
        errors.getJsonObject(0).put("endsAt", Instant.now().toString());
        stack.alertmanager.post(errors);
        stack.shop.restart(0);
        awaitAllIn("shop");
    }

    /** By a lease that was renewed once at least. */
    private void awaitOut(String pen, int slot) {
        String server = Integer.toString(slot);
        soon(pen, "avoids " + slot, page -> page.value("pen_server_ejected", "pen", pen, "server", server) == 1);
        double before = renewals(stack.agent.metrics(), pen);
        soon(pen, "still avoids " + slot, page -> renewals(page, pen) > before);
    }

    private static double renewals(MetricsPage page, String pen) {
        return page.all("pen_ejection_renewals_total", "pen", pen).stream()
                .mapToDouble(Sample::number)
                .sum();
    }

    private void awaitAllIn(String pen) {
        soon(pen, "uses all", page -> page.all("pen_server_ejected", "pen", pen).stream()
                .allMatch(row -> row.number() == 0));
        soon(pen, "has only good ones", page -> page.all("pen_server_check_up", "pen", pen).stream()
                .allMatch(row -> row.number() == 1));
    }

    private void awaitNoticed(String pen) {
        soon(pen, "was started anew", page -> page.value("pen_process_id_changes_total", "pen", pen) == 1);
        soon(pen, "answers", page -> page.value("pen_up", "pen", pen) == 1);
    }

    private void soon(String pen, String what, Predicate<MetricsPage> condition) {
        try {
            await(pen + " " + what).atMost(SOON).until(() -> condition.test(stack.agent.metrics()));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + " Decisions: " + stack.agent.decisions(pen), e);
        }
    }
}
