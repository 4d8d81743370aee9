package io.github.penagent.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;

/** JSON that a stranger sent: strict, and never deep or long enough to hurt. */
final class JsonBody {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 64 * 1024;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(1_024)
                    .maxNumberLength(64)
                    .build())
            .build();

    private JsonBody() {}

    /**
     * Reads the one value that the body is: a Map, a List, text, a number or a boolean; empty text for null.
     *
     * @throws IllegalArgumentException if it is none, in one line
     */
    static Object read(Buffer body) {
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            Object value = parser.nextToken() == null ? null : JacksonCodec.parseValue(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("the body must be one JSON object and nothing else");
            }
            return value == null ? "" : value;
        } catch (IOException | DecodeException e) {
            throw new IllegalArgumentException("the body is no JSON: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
