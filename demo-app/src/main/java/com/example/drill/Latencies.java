package com.example.drill;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Latencies of one series of requests. Safe for many threads. */
final class Latencies {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long latencyNanos) {
        nanos.add(latencyNanos);
    }

    /** The latency that a share of the requests did not exceed. Uses the nearest rank, because the series are short. */
    Duration percentile(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }

    int count() {
        return nanos.size();
    }

    @Override
    public String toString() {
        return Arrays.toString(nanos.toArray());
    }
}
