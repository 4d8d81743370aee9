package io.github.penagent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.penagent.bench.Resident.HeapBounds;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ResidentTest {
    private static final String INFO = """
             def new generation   total 15488K, used 1528K [0x00000000fa000000, 0x00000000fb0c0000, 0x00000000fc000000)
              eden space 13824K,   8% used [0x00000000fa000000, 0x00000000fa126838, 0x00000000fad80000)
             tenured generation   total 34148K, used 20733K [0x00000000fc000000, 0x00000000fe159000, 0x0000000100000000)
               the space 34148K,  60% used [0x00000000fc000000, 0x00000000fd43f588, 0x00000000fd43f600, 0x00000000fe159000)
            """;

    private static final HeapBounds HEAP = new HeapBounds(0xfa000000L, 0x100000000L);

    @Test
    void the_heap_reaches_from_the_first_generation_to_the_end_of_the_last() {
        assertThat(HeapBounds.in(INFO)).isEqualTo(HEAP);
    }

    @Test
    void another_collectors_words_are_not_taken_for_generations() {
        assertThatThrownBy(() -> HeapBounds.in("garbage-first heap total 16384K"))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void each_part_counts_what_is_resident_and_not_what_is_reserved() {
        String smaps = mapping("fa000000-fb0c0000 rw-p 00000000 00:00 0 ", 7, 7)
                + mapping("fc000000-fe159000 rw-p 00000000 00:00 0 ", 4, 4)
                + mapping("100000000-100001000 rw-p 00000000 00:00 0 ", 100, 100)
                + mapping("7f0000000000-7f0000270000 rwxp 00000000 00:00 0 ", 20, 20)
                + mapping(
                        "7f0001000000-7f0001270000 rw-p 00000000 00:00 0                          [heap]", 1000, 1000);

        assertThat(Resident.read(smaps, HEAP)).isEqualTo(new Resident(kilo(11), kilo(20), kilo(1100), 0));
    }

    @Test
    void pages_of_a_file_are_its_own_memory_only_where_it_wrote_on_them() {
        String smaps = mapping("7f0000000000-7f0000270000 r-xp 00000000 00:1f 1234    /usr/lib/jvm/libjvm.so", 50, 0)
                + mapping("7f0001000000-7f0001270000 rw-p 00000000 00:1f 1234    /usr/lib/a folder/classes.jsa", 30, 5);

        assertThat(Resident.read(smaps, HEAP)).isEqualTo(new Resident(0, 0, kilo(5), kilo(75)));
    }

    private static double kilo(int kilobytes) {
        return 1024.0 * kilobytes;
    }

    private static String mapping(String line, int resident, int anonymous) {
        return "%s\nSize:  9999 kB\nRss:  %d kB\nPss:  %d kB\nAnonymous:  %d kB\nAnonHugePages:  0 kB\n"
                .formatted(line, resident, resident, anonymous);
    }
}
