package io.stallsight.engine.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, and the rule by which clients share the places for them. Thread-safe.
 *
 * <p>A client that holds many connections and sends nothing must not keep out the person with the token. A client shows
 * the token only with its first request, so a further connection gets a place before that: an older connection gives
 * way, one that has not shown the token. It is the oldest of the new client if that one has its full share, else the
 * oldest of the client that has most. Connections that have shown the token never give way.
 */
final class Connections {

    /** Connections that gave way still take a thread until they have written their refusal. */
    private static final int MAX_THREADS = 2 * Limits.MAX_CONNECTIONS;

    private final Set<Connection> all = new LinkedHashSet<>();

    /** Adds a connection. Returns false if it must be refused. */
    synchronized boolean add(Connection next) {
        List<Connection> untrusted = new ArrayList<>();
        Map<String, Integer> untrustedOf = new HashMap<>();
        int places = 0;
        for (Connection each : all) {
            if (each.mayGiveWay()) {
                untrusted.add(each);
                untrustedOf.merge(each.address(), 1, Integer::sum);
            }
            if (!each.gaveWay()) {
                places++;
            }
        }
        boolean isShareUsed = untrustedOf.getOrDefault(next.address(), 0) >= Limits.MAX_UNTRUSTED_OF_ADDRESS;
        if (isShareUsed || places >= Limits.MAX_CONNECTIONS) {
            String address = isShareUsed ? next.address() : addressWithMost(untrustedOf);
            Connection oldest = oldest(untrusted, address);
            if (oldest == null || all.size() >= MAX_THREADS) {
                return false;
            }
            oldest.giveWay();
        }
        all.add(next);
        return true;
    }

    private static @Nullable String addressWithMost(Map<String, Integer> untrustedOf) {
        return untrustedOf.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static @Nullable Connection oldest(List<Connection> untrusted, @Nullable String address) {
        for (Connection each : untrusted) {
            if (each.address().equals(address)) {
                return each;
            }
        }
        return null;
    }

    synchronized void remove(Connection ended) {
        all.remove(ended);
    }

    synchronized List<Connection> all() {
        return new ArrayList<>(all);
    }
}
