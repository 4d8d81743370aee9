package io.github.penagent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All servers of one size of page, each checked for serving what the others do, and warm. */
final class ExpositionSite implements AutoCloseable {
    private static final int SERIES_OF_A_SERVER = 55;
    private static final String FILE = "metrics.txt";

    /** So many series are served before anything is measured, and again in each run, with bounds on how many pages that is. */
    private static final int SERIES_PER_RUN = 6_000_000;

    private final List<Program> open = new ArrayList<>();
    private final Map<String, Rounds.Way> ways = new LinkedHashMap<>();
    private final Path folder;

    private ExpositionSite(Path folder) {
        this.folder = folder;
    }

    /** @param size how many series the agent's page is to have, about */
    static ExpositionSite open(Path folder, int size) throws Exception {
        ExpositionSite site = new ExpositionSite(folder);
        try {
            site.start(size);
            return site;
        } catch (Exception e) {
            site.close();
            throw e;
        }
    }

    Map<String, Rounds.Way> ways() {
        return ways;
    }

    private void start(int size) throws Exception {
        Program agent = java("256m", AgentPage.class, Integer.toString(size));
        int port = Integer.parseInt(agent.line());
        PageText page = PageText.at(port, "/metrics", false);
        PageText.at(port, "/metrics", true).like(page, "gzip");
        tell(agent, "fresh");
        PageText.at(port, "/metrics", false).like(page, "fresh");
        PageText.at(port, "/metrics", true).like(page, "fresh gzip");
        Files.writeString(folder.resolve(FILE), page.text());

        PageServers.Server nginx = opened(PageServers.nginx(folder, FILE));
        PageText.at(nginx.port(), nginx.path(), false).like(page, "nginx");
        PageServers.Server haproxy = opened(PageServers.haproxy(folder, size / SERIES_OF_A_SERVER + 1));
        PageText promex = PageText.at(haproxy.port(), haproxy.path(), false);

        int fast = bounded(SERIES_PER_RUN / size, 60, 1_000);
        int slow = bounded(SERIES_PER_RUN / 10 / size, 6, 200);
        long series = page.series();
        way("nginx", nginx.program(), nginx.port(), nginx.path(), 2 * fast, series);
        agent("cached", agent, port, fast, series);
        agent("gzip", agent, port, fast, series);
        agent("fresh", agent, port, bounded(fast / 2, 40, 300), series);
        way("promex", haproxy.program(), haproxy.port(), haproxy.path(), slow, promex.series());
        peer("collector", slow, page);
        peer("meters", bounded(slow / 4, 3, 50), page);
    }

    private void agent(String mode, Program agent, int port, int count, long series) throws Exception {
        Rounds.Way way = () -> {
            tell(agent, mode);
            scrape(port, "/metrics", 1, mode.equals("gzip"));
            return measured(agent, port, "/metrics", count, mode.equals("gzip"), series);
        };
        way.run();
        ways.put(mode, way);
    }

    private void peer(String name, int count, PageText page) throws Exception {
        Program peer = java("1200m", PeerPage.class, name, folder.resolve(FILE).toString());
        int port = Integer.parseInt(peer.line());
        PageText theirs = PageText.at(port, "/metrics", false).like(page, name);
        way(name, peer, port, "/metrics", count, theirs.series());
    }

    private void way(String name, Program server, int port, String path, int count, long series) throws Exception {
        Rounds.Way way = () -> {
            double before = Cpu.micros(server.pid());
            return figures(scrape(port, path, count, false), Cpu.micros(server.pid()) - before, count, series);
        };
        way.run();
        ways.put(name, way);
    }

    private static Figures measured(Program agent, int port, String path, int count, boolean gzip, long series)
            throws Exception {
        Figures before = tell(agent, "tell");
        double cpu = Cpu.micros(agent.pid());
        Figures scraped = scrape(port, path, count, gzip);
        cpu = Cpu.micros(agent.pid()) - cpu;
        Figures after = tell(agent, "tell");
        double bytes = after.get("allocated") - before.get("allocated");
        return figures(scraped, cpu, count, series).with("allocated", bytes / count);
    }

    private static Figures figures(Figures scraped, double cpuMicros, int count, long series) {
        return scraped.with("ns_per_series", cpuMicros * 1e3 / count / series);
    }

    private static Figures scrape(int port, String path, int count, boolean gzip) throws Exception {
        try (Program scraper =
                Program.c("scrape", Integer.toString(port), path, Integer.toString(count), gzip ? "1" : "0")) {
            return scraper.figures();
        }
    }

    private static Figures tell(Program server, String word) throws IOException {
        server.say(word);
        return Figures.read(server.line());
    }

    /** With the options that are shipped, but for the heap and what lies only where the package is installed. */
    private Program java(String heap, Class<?> main, String... words) throws IOException {
        List<String> options = new ArrayList<>();
        try (Stream<String> lines = Files.lines(Path.of("src/deb/jvm.options"))) {
            lines.filter(line -> line.startsWith("-") && !line.startsWith("-Djava.library.path"))
                    .forEach(options::add);
        }
        options.add("-Xmx" + heap);
        Program program = Program.java(options, main, words);
        open.add(program);
        return program;
    }

    private static int bounded(int count, int least, int most) {
        return Math.max(least, Math.min(most, count));
    }

    private PageServers.Server opened(PageServers.Server server) {
        open.add(server.program());
        return server;
    }

    @Override
    public void close() {
        open.forEach(Program::close);
    }
}
