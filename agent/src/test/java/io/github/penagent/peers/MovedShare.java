package io.github.penagent.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * For programs that insist on files below {@code /usr/share}, as Debian's Alertmanager does: a copy that looks for them
 * below its working directory instead, so that nothing has to be installed. The names keep their length, which is
 * compiled in.
 */
final class MovedShare {
    private static final String ROOTED = "/usr/share/prometheus/";
    private static final String RELATIVE = "usr//share/prometheus/";

    private MovedShare() {}

    /** The copy, beside {@code binary}; made once. Others may make theirs at the same time. */
    static Path copyOf(Path binary) throws IOException {
        Path directory = Objects.requireNonNull(binary.getParent());
        Path copy = directory.resolve(binary.getFileName() + "-moved");
        if (!Files.isExecutable(copy)) {
            Path draft = Files.createTempFile(directory, "moved", "");
            Files.copy(binary, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.write(draft, moved(Files.readAllBytes(binary)));
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    /** One character per byte, so that text and program are the same length. */
    private static byte[] moved(byte[] program) {
        return new String(program, StandardCharsets.ISO_8859_1)
                .replace(ROOTED, RELATIVE)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
