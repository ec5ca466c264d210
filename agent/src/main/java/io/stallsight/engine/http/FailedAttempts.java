package io.stallsight.engine.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong tokens by client address. Beyond {@value #MAX_FAILURES} of them in a minute, further ones are refused
 * slowly until the minute is over, so that nobody can guess a token by trying. Thread-safe.
 */
final class FailedAttempts {

    static final int MAX_FAILURES = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Bounds the memory. With more addresses at once, the oldest count is dropped. */
    private static final int MAX_ADDRESSES = 256;

    private record Count(int failures, long end) {}

    private final Map<String, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };
    private final LongSupplier clock;

    /** @param clock monotonic time in nanoseconds */
    FailedAttempts(LongSupplier clock) {
        this.clock = clock;
    }

    /** Counts a wrong token. Returns whether it is one too many. */
    synchronized boolean add(String address) {
        Count before = current(address);
        Count count = before == null
                ? new Count(1, clock.getAsLong() + WINDOW.toNanos())
                : new Count(before.failures + 1, before.end);
        counts.put(address, count);
        return count.failures > MAX_FAILURES;
    }

    private @Nullable Count current(String address) {
        Count count = counts.get(address);
        if (count != null && count.end - clock.getAsLong() <= 0) {
            counts.remove(address);
            return null;
        }
        return count;
    }
}
