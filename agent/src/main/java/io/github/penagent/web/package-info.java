/**
 * The door: routes, pages and JSON over HTTP.
 *
 * <p>May touch Vert.x and what it is handed as suppliers and consumers; knows neither pens nor polling.
 */
@NullMarked
package io.github.penagent.web;

import org.jspecify.annotations.NullMarked;
