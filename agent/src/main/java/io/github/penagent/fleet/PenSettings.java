package io.github.penagent.fleet;

import java.util.OptionalInt;

/**
 * What pen says of itself that changes rarely. Text is empty and numbers are absent where this pen did not answer.
 *
 * @param listen where clients connect, as pen was told
 * @param control where its control port is, as pen was told
 * @param mode how it picks a backend, in pen's words
 * @param connectionsLimit {@code conn_max}
 * @param clientsLimit {@code clients_max}
 * @param blacklistSeconds for how long pen avoids a backend whose connect failed
 */
public record PenSettings(
        String listen,
        String control,
        String mode,
        OptionalInt connectionsLimit,
        OptionalInt clientsLimit,
        OptionalInt blacklistSeconds) {}
