package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a source said, by place, in the order of the places' names.
 *
 * @param looked whether it was asked at all yet
 */
record Found(boolean looked, SortedMap<String, Place> places) {
    static final Found NOTHING_YET = new Found(false, new TreeMap<>());

    Found {
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    static Found in(SortedMap<String, Place> places) {
        return new Found(true, places);
    }

    Place at(String place) {
        return places.getOrDefault(place, Place.UNKNOWN);
    }

    /** Of all places; one name may be there twice. */
    List<Target> pens() {
        return places.values().stream().flatMap(place -> place.pens().stream()).toList();
    }

    /** All that is wrong in any place. */
    List<String> faults() {
        return places.values().stream()
                .flatMap(place -> place.faults().stream())
                .toList();
    }
}
