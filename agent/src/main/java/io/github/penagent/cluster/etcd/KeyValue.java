package io.github.penagent.cluster.etcd;

/** What is to be written. */
public record KeyValue(String key, String value) {}
