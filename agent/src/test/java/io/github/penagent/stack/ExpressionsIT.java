package io.github.penagent.stack;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpressionsIT {
    @Test
    void probe() {
        long t0 = System.currentTimeMillis();
        try (LiveStack stack = new LiveStack()) {
            System.out.println("up after " + (System.currentTimeMillis() - t0));
            new OrdinaryLife(stack).live();
            System.out.println("lived after " + (System.currentTimeMillis() - t0));
            for (String name : new String[] {
                "pen_clock_offset_seconds",
                "pen_foreign_blacklists",
                "pen_data_plane_up",
                "pen_client_connections_total",
                "pen_server_weight",
                "pen_server_priority",
                "increase(pen_ejection_lifts_total[1m])>0",
                "pen_ejections_suppressed_total>0",
                "pen_polls_skipped_total>0",
                "pen_ejection_verify_failures_total>0",
                "pen_remediation_panic>0"
            }) {
                System.out.println(name + " "
                        + Query.expression(name, name)
                                .ask(stack.prometheus, stack.begun, Instant.now())
                                .size());
            }
            System.out.println(
                    Query.variable("v", "label_values(pen_up, pen)").ask(stack.prometheus, stack.begun, Instant.now()));
            System.out.println(stack.prometheus.warnings());
            System.out.println(Duration.between(stack.begun, Instant.now()));
        }
    }
}
