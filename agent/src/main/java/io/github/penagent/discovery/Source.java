package io.github.penagent.discovery;

import reactor.core.publisher.Mono;

/** Something that names pens. Keeps nothing: what it said last is told to it. */
sealed interface Source permits FileSource, SrvSource {
    /** As the configuration has it. */
    String name();

    /** Looks once; always yields, and never an error. */
    Mono<Found> look(Found before);
}
