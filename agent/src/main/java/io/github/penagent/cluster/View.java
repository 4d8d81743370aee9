package io.github.penagent.cluster;

import io.github.penagent.cluster.etcd.Change;
import io.github.penagent.cluster.etcd.Entry;
import io.github.penagent.cluster.etcd.Listing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What etcd has under our prefix, as it was told last. Not thread-safe. */
final class View {
    private final Keys keys;
    private final Map<String, Entry> members = new TreeMap<>();
    private final Map<String, Entry> claims = new HashMap<>();
    private final Map<String, String> pasts = new HashMap<>();

    View(Keys keys) {
        this.keys = keys;
    }

    /** All of it, anew. */
    void take(Listing listing) {
        members.clear();
        claims.clear();
        pasts.clear();
        listing.entries().forEach(entry -> put(entry.key(), Optional.of(entry)));
    }

    void take(Change change) {
        put(change.key(), change.now());
    }

    private void put(String key, Optional<Entry> now) {
        keys.member(key).ifPresent(name -> put(members, name, now));
        keys.claim(key).ifPresent(pen -> put(claims, pen, now));
        keys.past(key).ifPresent(pen -> put(pasts, pen, now.map(Entry::value)));
    }

    private static <T> void put(Map<String, T> all, String name, Optional<T> now) {
        now.ifPresentOrElse(value -> all.put(name, value), () -> all.remove(name));
    }

    Set<String> members() {
        return members.keySet();
    }

    /** The lease with which this member is registered; 0 if it is not. */
    long leaseOf(String member) {
        Entry entry = members.get(member);
        return entry == null ? 0 : entry.lease();
    }

    Optional<Entry> claim(String pen) {
        return Optional.ofNullable(claims.get(pen));
    }

    boolean claimed(String pen) {
        return claims.containsKey(pen);
    }

    Set<String> claimedWith(long lease) {
        Set<String> pens = new HashSet<>();
        claims.forEach((pen, entry) -> {
            if (entry.lease() == lease) {
                pens.add(pen);
            }
        });
        return pens;
    }

    Optional<String> past(String pen) {
        return Optional.ofNullable(pasts.get(pen));
    }

    Ownership.Members toMembers() {
        Map<String, String> addresses = new TreeMap<>();
        members.forEach((name, entry) -> addresses.put(name, entry.value()));
        Map<String, String> owners = new HashMap<>();
        claims.forEach((pen, entry) -> owners.put(pen, entry.value()));
        return new Ownership.Members(addresses, owners);
    }
}
