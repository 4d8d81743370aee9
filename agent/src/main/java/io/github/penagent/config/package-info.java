/**
 * The file: HOCON in, settings records out. The only importer of the configuration library.
 *
 * <p>May touch the settings records of the packages they configure, and nothing else of those packages.
 */
@NullMarked
package io.github.penagent.config;

import org.jspecify.annotations.NullMarked;
