package io.github.penagent.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DebianSourcesTest {
    private final DebianSources sources = new DebianSources("bookworm");

    @Test
    void one_line_entries_of_the_release_stay_and_others_go() {
        String text = """
                # a comment
                deb http://mirror.example/debian bookworm main contrib
                deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm-updates main
                deb http://mirror.example/security bookworm-security main
                deb-src http://mirror.example/debian bookworm main
                deb http://third.example/apt bookworm stable
                deb http://third.example/apt cloud-bookworm main
                deb http://third.example/apt bookworm-pgdg main
                """;
        assertThat(sources.own("sources.list", text)).isEqualTo("""
                        deb http://mirror.example/debian bookworm main contrib
                        deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm-updates main
                        deb http://mirror.example/security bookworm-security main
                        """);
    }

    @Test
    void stanzas_of_the_release_stay_and_others_go() {
        String debian = """
                Types: deb
                # note
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main
                """;
        String third = """
                Types: deb
                URIs: https://third.example/node
                Suites: nodistro
                Components: main
                """;
        String sourcesOnly = debian.replace("Types: deb", "Types: deb-src");
        assertThat(sources.own("debian.sources", debian + "\n" + third + "\n" + sourcesOnly))
                .isEqualTo(debian);
        assertThat(sources.own("third.sources", third)).isEmpty();
    }
}
