/**
 * The door: routes, pages and JSON over HTTP.
 *
 * <p>May touch Vert.x and the states of {@code fleet}, which it is handed by suppliers; knows neither the control port nor
 * polling.
 */
@NullMarked
package io.github.penagent.web;

import org.jspecify.annotations.NullMarked;
