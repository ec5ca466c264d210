package io.stallsight.engine.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sessions of browsers that signed in with the token. Their cookie is a random id, not the token. Thread-safe. */
final class Sessions {

    static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MAX_SESSIONS = 64;
    private static final int ID_BYTES = 16;

    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final LongSupplier clock;
    private @Nullable SecureRandom random;

    /** @param clock monotonic time in nanoseconds */
    Sessions(LongSupplier clock) {
        this.clock = clock;
    }

    /** Begins a session and returns its id. Beyond the limit of sessions, the oldest one ends. */
    synchronized String begin() {
        if (random == null) {
            random = new SecureRandom(); // created on demand: its constructor loads the JVM's security providers
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        ends.put(id, clock.getAsLong() + LIFETIME.toNanos());
        if (ends.size() > MAX_SESSIONS) {
            Iterator<String> oldest = ends.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return id;
    }

    synchronized boolean isValid(String id) {
        Long end = ends.get(id);
        if (end != null && end - clock.getAsLong() <= 0) {
            ends.remove(id);
            return false;
        }
        return end != null;
    }
}
