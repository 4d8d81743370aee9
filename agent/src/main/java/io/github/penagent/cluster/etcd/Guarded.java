package io.github.penagent.cluster.etcd;

/**
 * What is to be written only while another key stands.
 *
 * @param guard that key, since the creation that is told here
 */
public record Guarded(Entry guard, KeyValue value) {}
