package io.github.penagent.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file's bytes, with bounds. Its times are not asked: they lie where files are linked or copied. */
final class FileText {
    static final int MAX_BYTES = 10 * 1024 * 1024;

    private final byte[] bytes;

    private FileText(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads it; blocks.
     *
     * @throws IOException its message for the operator: what is wrong, without the file's name
     */
    static FileText of(Path file) throws IOException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException(Files.exists(file) ? "is not a file" : "cannot be read: there is no such file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IOException("is longer than " + MAX_BYTES / 1024 / 1024 + " MiB");
                }
                return new FileText(bytes);
            }
        } catch (AccessDeniedException e) {
            throw new IOException("cannot be read; are its permissions right?", e);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot be read: there is no such file", e);
        }
    }

    /** Alike for the same bytes, and for no others. */
    String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @throws CharacterCodingException if it is not UTF-8 */
    String text() throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
