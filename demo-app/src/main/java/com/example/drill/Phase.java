package com.example.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One endpoint, driven for a while.
 *
 * @param start before its first request
 * @param end after its last answer
 * @param statuses how often each HTTP status was the answer
 * @param neighbourP99 of the cheap requests that went on beside it
 */
record Phase(Instant start, Instant end, Map<Integer, Long> statuses, Duration neighbourP99) {
    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
