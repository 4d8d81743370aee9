package io.github.penagent.cluster;

import java.util.Optional;

/**
 * What is where in etcd: who is there, who owns which pen, and what an owner leaves to the next. The first two hang on a lease and go
 * with it; the last stays.
 */
record Keys(String prefix) {
    String all() {
        return prefix + "/";
    }

    String ofMember(String name) {
        return prefix + "/members/" + name;
    }

    String ofClaim(String pen) {
        return prefix + "/owners/" + pen;
    }

    String ofPast(String pen) {
        return prefix + "/pasts/" + pen;
    }

    Optional<String> member(String key) {
        return after("/members/", key);
    }

    Optional<String> claim(String key) {
        return after("/owners/", key);
    }

    Optional<String> past(String key) {
        return after("/pasts/", key);
    }

    private Optional<String> after(String room, String key) {
        String start = prefix + room;
        return key.startsWith(start) ? Optional.of(key.substring(start.length())) : Optional.empty();
    }
}
