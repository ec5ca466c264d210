package io.stallsight.engine.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Browsers that have shown the token. Their cookie is a random name of the session, not the token. Thread-safe. */
final class Sessions {

    static final Duration LIFE = Duration.ofHours(12);
    static final int MOST = 64;
    private static final int BYTES = 16;

    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final LongSupplier clock;
    private @Nullable SecureRandom random;

    /** @param clock nanoseconds */
    Sessions(LongSupplier clock) {
        this.clock = clock;
    }

    /** Begins a session; the oldest of too many ends. */
    synchronized String begin() {
        if (random == null) {
            random = new SecureRandom(); // not before the first: it asks the JVM's security providers
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        ends.put(id, clock.getAsLong() + LIFE.toNanos());
        if (ends.size() > MOST) {
            Iterator<String> oldest = ends.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return id;
    }

    synchronized boolean knows(String id) {
        Long end = ends.get(id);
        if (end != null && end - clock.getAsLong() <= 0) {
            ends.remove(id);
            return false;
        }
        return end != null;
    }
}
