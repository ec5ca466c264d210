package io.stallsight.hook;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The context in which each direction of a connection was written last, so that the loop that reads the bytes works in
 * that context.
 *
 * <p><b>Problem.</b> A test sends a request to a server in the same JVM, or reads an answer from elsewhere. The bytes
 * carry no context, and the two ends are different objects.
 *
 * <p><b>Algorithm.</b> Both ends know the connection by its two ports: its key is the local port and the remote one,
 * and at the other end it is the other way round. A write leaves the writer's context under the key, marked as unread.
 * A read looks under the reversed key, where the other end leaves its contexts, and takes the mark away. If nothing is
 * there the other end is outside of this JVM: its answer belongs to the context that wrote last from here.
 *
 * <p><b>Invariants.</b> If a second context writes before the other end has read (HTTP/2 does), the direction is shared
 * and has no context from then on: a context is known or 0, never a guess.
 *
 * <p><b>Given up.</b> Two connections of the same two ports between different hosts are taken for one. Beyond
 * {@value #MAX_DIRECTIONS} directions all are forgotten.
 */
final class StallsightDirections {

    /** The key of a connection that has no ports (yet). */
    static final long NO_KEY = 0L;

    /** Several contexts have written to a direction at the same time. */
    private static final long SHARED = -1L;

    /** A test run makes some thousand connections. */
    private static final int MAX_DIRECTIONS = 100_000;

    private static final int PORT_BITS = 16;

    /** By key: the context that wrote last, times two, and one more until the other end reads. */
    private static final ConcurrentHashMap<Long, Long> LAST_WRITERS = new ConcurrentHashMap<>();

    /** See {@link StallsightEngine#connectionKey}; asked once for each connection. */
    private static final StallsightIdentityMap<Long> KEYS = new StallsightIdentityMap<>();

    private StallsightDirections() {}

    static void clear() {
        KEYS.clear();
        LAST_WRITERS.clear();
    }

    static long key(StallsightEngine engine, Object connection) {
        Long remembered = KEYS.get(connection);
        long known = remembered == null ? NO_KEY : remembered;
        if (known != NO_KEY) {
            return known;
        }
        long key = engine.connectionKey(connection);
        if (key != NO_KEY) {
            KEYS.put(connection, key);
        }
        return key;
    }

    /** The current thread is about to write to the connection of {@code key} in {@code context}. */
    static void write(long key, long context) {
        if (LAST_WRITERS.size() >= MAX_DIRECTIONS) {
            LAST_WRITERS.clear();
        }
        Long last = LAST_WRITERS.get(key);
        if (last == null || last != SHARED) {
            boolean unread = last != null && (last & 1) != 0;
            LAST_WRITERS.put(key, unread && last >> 1 != context ? SHARED : context << 1 | 1);
        }
    }

    /** The current thread has read from the connection of {@code key}. Returns the context of the bytes, or 0. */
    static long read(long key) {
        long reversed = key >>> PORT_BITS | (key & (1L << PORT_BITS) - 1) << PORT_BITS;
        Long last = LAST_WRITERS.get(reversed);
        if (last == null) {
            last = LAST_WRITERS.get(key);
        } else if (last != SHARED && (last & 1) != 0) {
            LAST_WRITERS.replace(reversed, last, last & ~1L);
        }
        return last == null || last == SHARED ? 0L : last >> 1;
    }
}
