package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** pen's status page, as real pens wrote it. */
class StatusPageTest {
    private static StatusPage page(String name) {
        return Replies.read(Questions.STATUS, Replies.recorded(name));
    }

    @Test
    void every_cell_goes_where_its_head_says() {
        StatusPage page = page("0.34.1/status");
        assertThat(page.time()).isEqualTo(LocalDateTime.of(2026, 11, 21, 7, 31, 22));
        assertThat(page.current()).isOne();
        assertThat(page.servers())
                .containsExactly(
                        new StatusPage.Server(0, "127.0.0.1", 0, 20_000, 0, 0, 0, 44, 6_122, 0, 0),
                        new StatusPage.Server(1, "127.0.0.1", 0, 20_001, 0, 10, 20, 66, 9_183, 3, 4));
        assertThat(page.clientsMax()).isEqualTo(2_048);
        assertThat(page.clients()).hasSize(5);
        assertThat(page.clients().get(4)).isEqualTo(new StatusPage.Client(4, "127.0.0.6", 0, 1, 1, 5_061, 22));
        assertThat(List.of(page.connectionsMax(), page.connectionsUsed(), page.connectionsLast()))
                .containsExactly(500, 0, 2);
        assertThat(page.connections()).isEmpty();
    }

    @Test
    void older_pens_write_the_same_page_with_their_unused_slots() {
        for (String version : List.of("0.27.5", "0.29.0")) {
            StatusPage page = page(version + "/status");
            assertThat(page.servers()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(page.servers().get(1).hard()).isEqualTo(20);
            assertThat(page.clients()).hasSize(5);
        }
    }

    @Test
    void a_blacklist_shows_as_a_time_of_failure() {
        assertThat(page("0.34.1/status_blacklisted_server0").servers())
                .extracting(StatusPage.Server::failed)
                .containsExactly(1_795_247_185, 0);
    }

    @Test
    void a_long_page_is_whole() {
        assertThat(page("0.34.1/status_2048_clients").clients()).hasSize(2_048);
    }

    @Test
    void without_a_file_there_is_no_page() {
        assertThat(Replies.failure(Questions.STATUS, Replies.recorded("0.34.1/status_no_webfile"))
                        .message())
                .contains("start it with -w, or set web_stats");
    }

    @Test
    void a_page_that_ends_early_or_lacks_a_server_is_none() {
        String whole = new String(Replies.recorded("0.34.1/status"), StandardCharsets.ISO_8859_1);
        assertThat(Replies.failure(Questions.STATUS, whole.substring(0, whole.length() - 8))
                        .reason())
                .isEqualTo(Failure.Reason.TRUNCATED);
        int from = whole.indexOf("<tr>\n<td>1</td>");
        int to = whole.indexOf("</table>");
        assertThat(Replies.failure(Questions.STATUS, whole.substring(0, from) + whole.substring(to))
                        .message())
                .endsWith("expected 2 servers, found 1");
    }

    @Test
    void the_page_of_a_connection_in_use() {
        String row =
                "<tr>\n<td>7</td>\n<td>8</td>\n<td>9</td>\n<td>10</td>\n<td>11</td>\n<td>2</td>\n<td>1</td>\n</tr>\n";
        String page = new String(Replies.recorded("0.34.1/status"), StandardCharsets.ISO_8859_1)
                .replace("</table>\n</body>", row + "</table>\n</body>");
        assertThat(Replies.read(Questions.STATUS, page).connections())
                .containsExactly(new StatusPage.Connection(7, 8, 9, 10, 11, 2, 1));
    }
}
