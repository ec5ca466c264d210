package com.example.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One endpoint, driven for a while.
 *
 * @param start time before the first request
 * @param end time after the last answer
 * @param statuses number of answers, by HTTP status
 * @param neighbourP99 99th percentile of the latency of the cheap requests in the same time
 */
record Phase(Instant start, Instant end, Map<Integer, Long> statuses, Duration neighbourP99) {
    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
