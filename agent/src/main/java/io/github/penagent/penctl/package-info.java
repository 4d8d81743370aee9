/**
 * pen's control port: reading a pen and changing it, without harm to it. Usable without the rest of the agent, with
 * reactor-core, Netty's transport (native epoll on Linux), its resolver and slf4j-api.
 *
 * <p>{@link io.github.penagent.penctl.Pen} is where a program starts: servers, settings, access lists and information hang
 * on it. Nothing is sent before somebody subscribes, and nothing blocks.
 *
 * <pre>{@code
 * try (Transport transport = Transport.create(1)) {
 *     PenClient client = transport.client(Endpoint.parse("127.0.0.1:8888"), Duration.ofSeconds(2));
 *     Pen pen = Pen.over(client, PenVersion.of("0.34.1"));
 *
 *     // Only an example may block.
 *     Mono<Outcome> change = pen.servers()
 *             .at("127.0.0.1:8002")
 *             .drain()
 *             .flatMap(drained ->
 *                     drained.confirmed() ? pen.servers().remove("127.0.0.1:8002") : Mono.just(drained))
 *             .flatMap(removed -> removed.confirmed()
 *                     ? pen.servers().add("127.0.0.1:8003", new Limits(100, 120, 0, 0))
 *                     : Mono.just(removed));
 *     System.out.println(change.block(Duration.ofSeconds(30)));
 * }
 * }</pre>
 *
 * <ul>
 *   <li>Outcomes: a change ends as an {@link io.github.penagent.penctl.Outcome}: confirmed, refused or not confirmed, with
 *       what was seen. A question ends as an {@link io.github.penagent.penctl.Answer}: the value, or why there is none.
 *   <li>Dangers: what would crash, hang or corrupt the pen cannot be sent. What is dangerous and still legitimate is refused
 *       until the caller accepts each {@link io.github.penagent.penctl.Danger} by name, with {@code pen.accepting(...)}.
 *   <li>Versions: releases differ and pen cannot tell its own, so the caller states a {@link
 *       io.github.penagent.penctl.PenVersion}. Unknown allows only what is safe in all of them.
 * </ul>
 *
 * <p>Beneath lies the wire, spoken so that a pen never waits for us: {@link io.github.penagent.penctl.Endpoint} says where,
 * {@link io.github.penagent.penctl.Command} what to ask, {@link io.github.penagent.penctl.PenClient} asks, one connection
 * at a time.
 *
 * <p>May touch reactor-core, Netty's transport and slf4j-api; knows no metrics, HTTP or configuration. pen's own words
 * (server, slot, sx, rx) stay in here and with those who show them.
 */
@NullMarked
package io.github.penagent.penctl;

import org.jspecify.annotations.NullMarked;
