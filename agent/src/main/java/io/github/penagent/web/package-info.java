/**
 * The door: routes, pages and JSON over HTTP. {@link io.github.penagent.web.WebServer} only shows, {@link
 * io.github.penagent.web.AdminServer} changes things and lets in only who may.
 *
 * <p>May touch Vert.x with its JSON parser, a token bucket, and the states of {@code fleet}; all else it is handed as suppliers and
 * consumers. Knows neither the control port nor polling.
 */
@NullMarked
package io.github.penagent.web;

import org.jspecify.annotations.NullMarked;
