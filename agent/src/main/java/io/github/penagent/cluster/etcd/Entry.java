package io.github.penagent.cluster.etcd;

/**
 * What stands in etcd.
 *
 * @param lease with which the key will go; 0: none
 * @param created the revision since which the key stands; a key that went and came again has another
 */
public record Entry(String key, String value, long lease, long created) {}
