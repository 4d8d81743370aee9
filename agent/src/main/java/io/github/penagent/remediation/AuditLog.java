package io.github.penagent.remediation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of all decisions and of what became of them: a file to which whole lines are appended, one JSON object each, put
 * aside as {@code file.1}, {@code file.2} and so on before it grows over its limit.
 *
 * <p>A record is with the operating system when a call returns, which is what has to outlive a killed agent. It is not forced to
 * the disk: a power cut that takes the last records takes this machine's part in what they were about, too, and pen forgets
 * leases by itself. The file is opened for every record, so that a file or folder that was moved away, or a disk that was full,
 * needs no restart: records are rare.
 *
 * <p>Not thread-safe, and blocks: for one thread that may wait for a disk.
 */
public final class AuditLog {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private AuditSettings settings;
    private final InstantSource clock;
    private boolean failing;
    private boolean endKnown;

    public AuditLog(AuditSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** From now on writes there. */
    void use(AuditSettings now) {
        if (!now.equals(settings)) {
            settings = now;
            endKnown = false;
        }
    }

    /** Writes down what was decided. Empty if that is done; otherwise why it could not be. */
    public Optional<String> decided(Decision decision) {
        return write(AuditRecord.decided(clock.instant(), decision));
    }

    /** Writes down what became of a decision. Empty if that is done; otherwise why it could not be. */
    public Optional<String> outcome(Decision decision, WriteOutcome outcome, String seen) {
        return write(AuditRecord.outcome(clock.instant(), decision, outcome, seen));
    }

    private Optional<String> write(String record) {
        try {
            append((record + "\n").getBytes(StandardCharsets.US_ASCII));
            endKnown = true;
            works();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            endKnown = false;
            return Optional.of(fails(String.valueOf(e)));
        }
    }

    private void append(byte[] line) throws IOException {
        Path file = settings.file();
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        if (size > 0 && size + line.length >= settings.maxBytes()) {
            putAside(file);
        }
        boolean broken = !endKnown && endsInsideALine(file);
        try (FileChannel channel = FileChannel.open(file, APPEND, OURS_ALONE)) {
            if (broken) {
                all(channel, new byte[] {'\n'});
            }
            all(channel, line);
        }
    }

    private static void all(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /** Whether part of a record is all that a full disk or a power cut has left: what follows has to be a line of its own. */
    private static boolean endsInsideALine(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    private void putAside(Path file) throws IOException {
        for (int age = settings.keep() - 1; age >= 1; age--) {
            move(aged(file, age), aged(file, age + 1));
        }
        move(file, aged(file, 1));
    }

    private static Path aged(Path file, int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** The first of a row of failures is worth a line, and so is the end of them. */
    private String fails(String why) {
        (failing ? log.atDebug() : log.atError())
                .addKeyValue("file", settings.file())
                .addKeyValue("err", why)
                .log("decisions cannot be recorded, so nothing is done");
        failing = true;
        return why;
    }

    private void works() {
        if (failing) {
            log.atInfo().addKeyValue("file", settings.file()).log("decisions are recorded again");
            failing = false;
        }
    }
}
