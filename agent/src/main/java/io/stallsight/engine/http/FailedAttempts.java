package io.stallsight.engine.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Wrong tokens by the address that they come from: after {@value #MOST} in a minute it has to wait. Thread-safe. */
final class FailedAttempts {

    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Who tries from more addresses than these at once makes the oldest forgotten. */
    private static final int MOST_ADDRESSES = 256;

    private record Count(int failures, long end) {}

    private final Map<String, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };
    private final LongSupplier clock;

    /** @param clock nanoseconds */
    FailedAttempts(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether no more tokens are looked at for now. */
    synchronized boolean isBlocked(String address) {
        Count count = current(address);
        return count != null && count.failures >= MOST;
    }

    synchronized void failed(String address) {
        Count count = current(address);
        counts.put(
                address,
                count == null
                        ? new Count(1, clock.getAsLong() + WINDOW.toNanos())
                        : new Count(count.failures + 1, count.end));
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
