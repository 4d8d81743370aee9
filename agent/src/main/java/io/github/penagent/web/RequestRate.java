package io.github.penagent.web;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * How many requests there may be.
 *
 * @param interval in which one more may come, over 0
 * @param burst how many may come at once after a rest, at least 1
 */
public record RequestRate(Duration interval, int burst) {
    public RequestRate {
        if (interval.isNegative() || interval.isZero() || burst < 1) {
            throw new IllegalArgumentException("interval must be over 0 and burst at least 1");
        }
    }

    Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(1, interval))
                .build();
    }
}
