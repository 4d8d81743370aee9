package io.github.penagent.cluster.etcd;

import io.vertx.core.json.JsonObject;

/**
 * One question to etcd's gateway.
 *
 * @param path below {@code /v3/}, also what messages call it
 */
record Call(String path, JsonObject body) {}
