/**
 * Outages played on virtual time: a model of pen 0.34.1 with its quirks, backends that misbehave on a timetable, clients that ask
 * whatever happens, and either nobody, or a watcher of the old kind, or this agent. Single-threaded and seeded: the same every
 * time, to the digit.
 */
@NullMarked
package io.github.penagent.simulation;

import org.jspecify.annotations.NullMarked;
