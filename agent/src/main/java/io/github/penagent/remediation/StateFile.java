package io.github.penagent.remediation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Holds and the kill switch, kept from one run to the next. JSON, since its name says so, people look into it, and other programs
 * may want to; read strictly, because a hold that is overlooked is a backend taken out against a person's word. Blocks; not
 * thread-safe.
 */
public final class StateFile {
    private static final long MAX_BYTES = 1024 * 1024;

    private Path file;

    public StateFile(Path file) {
        this.file = file;
    }

    /** From now on is there. */
    void use(Path now) {
        file = now;
    }

    /** What came of reading the file. */
    public sealed interface Loaded {
        /** What it says, or {@link Kept#NOTHING} if there is none. */
        record Good(Kept kept) implements Loaded {}

        /**
         * It cannot be used.
         *
         * @param problem one line: file, place and rule
         */
        record Bad(String problem) implements Loaded {}
    }

    /** Reads the file, without the holds that have expired. */
    public Loaded load(Instant now) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return bad("is longer than " + MAX_BYTES + " bytes");
            }
            return new Loaded.Good(KeptText.read(Files.readString(file)).at(now));
        } catch (NoSuchFileException e) {
            return new Loaded.Good(Kept.NOTHING);
        } catch (JsonText.Broken e) {
            return bad(String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            return bad("is not text in UTF-8");
        } catch (IOException | RuntimeException e) {
            return bad("cannot be read: " + e);
        }
    }

    private Loaded bad(String rule) {
        return new Loaded.Bad(file + ": " + rule);
    }

    /**
     * Replaces the file as a whole, or not at all. Forced to the disk, since a new name for what is not there yet would be an
     * empty file after a power cut. Empty if that is done; otherwise why it could not be.
     */
    public Optional<String> save(Kept kept) {
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.deleteIfExists(beside);
            write(beside, KeptText.of(kept).getBytes(StandardCharsets.US_ASCII));
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(String.valueOf(e));
        }
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
