package io.github.penagent.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What may be changed through the door, handed to it by the wiring.
 *
 * @param alerts hears one message and completes with how many of its alerts had which outcome; empty: too busy for it
 * @param answered is told the status of each answer to a message with alerts
 * @param wishes hears what people want
 * @param reload reads the configuration again, and completes with what is wrong, if anything: then the old one stays
 */
public record AdminSources(
        Function<List<PostedAlert>, Optional<CompletionStage<Map<String, Integer>>>> alerts,
        IntConsumer answered,
        Wishes wishes,
        Supplier<CompletionStage<Optional<String>>> reload) {}
