package io.github.penagent.bench;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RealEtcd;
import java.io.IOException;

/**
 * What etcd has done since its start.
 *
 * @param seconds when that was, on a clock of its own
 * @param cpu seconds of all its threads
 * @param requests answered, of every kind
 * @param proposals that went through its log: what was written, and leases granted or ended
 * @param puts keys written
 */
record EtcdLoad(double seconds, double cpu, double requests, double proposals, double puts) {
    static EtcdLoad of(RealEtcd etcd) throws IOException {
        MetricsPage page = etcd.metrics();
        return new EtcdLoad(
                System.nanoTime() / 1e9,
                Cpu.micros(etcd.pid()) / 1e6,
                sum(page, "grpc_server_handled_total"),
                sum(page, "etcd_server_proposals_applied_total"),
                sum(page, "etcd_mvcc_put_total"));
    }

    private static double sum(MetricsPage page, String name) {
        return page.all(name).stream().mapToDouble(MetricsPage.Sample::number).sum();
    }

    EtcdLoad since(EtcdLoad before) {
        return new EtcdLoad(
                seconds - before.seconds,
                cpu - before.cpu,
                requests - before.requests,
                proposals - before.proposals,
                puts - before.puts);
    }

    /** These figures, their names with {@code prefix}. */
    Figures into(Figures figures, String prefix) {
        return figures.with(prefix + "Seconds", seconds)
                .with(prefix + "Cpu", cpu)
                .with(prefix + "Requests", requests)
                .with(prefix + "Proposals", proposals)
                .with(prefix + "Puts", puts);
    }
}
