package io.github.penagent.cluster.etcd;

/**
 * What stands in etcd.
 *
 * @param lease with which the key will go; 0: none
 */
public record Entry(String key, String value, long lease) {}
