/**
 * The file: HOCON in, settings records out. The only importer of the configuration library.
 *
 * <p>{@link io.github.penagent.config.ConfigLoader} reads a file over {@code reference.conf}, which documents every key,
 * and finds all {@link io.github.penagent.config.Problem}s in one run.
 *
 * <p>May touch the settings records of the packages they configure, checks among them, and the {@code Endpoint} these are
 * made of, and nothing else of those packages.
 */
@NullMarked
package io.github.penagent.config;

import org.jspecify.annotations.NullMarked;
