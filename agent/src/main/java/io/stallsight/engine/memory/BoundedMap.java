package io.stallsight.engine.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map with a bounded number of entries. When it is full, an entry of little use makes room for the next one.
 *
 * <p><b>Problem.</b> An application may have any number of sites, stacks and names: generated classes and threads with
 * random names are new every time. A map that takes no further entry once it is full remembers the noise of the first
 * minute for ever, and never what comes later. Threads that must not block use the map, so making room must be cheap.
 *
 * <p><b>Algorithm.</b> The entries stand in a queue, the oldest first. A look-up marks its entry as used. To make room,
 * the first {@value #CANDIDATES} entries of the queue are candidates. Those that were used since they were last looked
 * at get a second chance: they lose the mark and go to the end of the queue. Of the others the one with the least worth
 * is evicted, and the rest goes to the end of the queue as well. If all were used, the one with the least worth of all
 * is evicted. This is the CLOCK algorithm (Corbató, 1968) with a worth.
 *
 * <p><b>Invariants.</b> A look-up takes no lock and writes at most one field. Making room looks at no more than
 * {@value #CANDIDATES} entries. Each eviction is counted.
 *
 * <p><b>Given up.</b> While several threads put entries at the same time, the map may have a few more entries than its
 * maximum for a moment. The entry that goes is one of little use, not the one of least use.
 *
 * @param <K> keys, with {@code hashCode} and {@code equals} of the agent or the JDK
 * @param <V> values
 */
public final class BoundedMap<K, V> {

    private static final int CANDIDATES = 8;

    private static final class Entry<K, V> {
        final K key;
        final V value;
        volatile boolean used;

        Entry(K key, V value) {
            this.key = key;
            this.value = value;
        }
    }

    private final int max;
    private final ToLongFunction<? super V> worth;
    private final Consumer<? super V> evicted;
    private final ConcurrentHashMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();
    private final Queue<Entry<K, V>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder evictions = new LongAdder();

    /** A map in which all values are worth the same. */
    public BoundedMap(int max) {
        this(max, value -> 0, value -> {});
    }

    /**
     * @param max number of entries
     * @param worth a larger number for a value that is to stay rather than another one
     * @param evicted gets each value that had to make room, on the thread that puts the next one
     */
    public BoundedMap(int max, ToLongFunction<? super V> worth, Consumer<? super V> evicted) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, but is " + max);
        }
        this.max = max;
        this.worth = worth;
        this.evicted = evicted;
    }

    /** The value, which counts as used; null if there is none. */
    public @Nullable V get(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (!entry.used) {
            entry.used = true;
        }
        return entry.value;
    }

    /** Puts a value unless another thread was faster; returns the value that is in the map. */
    public V putIfAbsent(K key, V value) {
        Entry<K, V> made = new Entry<>(key, value);
        Entry<K, V> raced = entries.putIfAbsent(key, made);
        if (raced != null) {
            return raced.value;
        }
        queue.add(made);
        if (size.incrementAndGet() > max) {
            makeRoom(made);
        }
        return value;
    }

    private void makeRoom(Entry<K, V> fresh) {
        Entry<K, V> least = null;
        boolean leastIsUsed = true;
        for (int i = 0; i < CANDIDATES; i++) {
            Entry<K, V> candidate = queue.poll();
            if (candidate == null) {
                break;
            }
            boolean used = candidate.used;
            candidate.used = false;
            if (candidate == fresh) {
                queue.add(candidate);
            } else if (least == null
                    || leastIsUsed && !used
                    || leastIsUsed == used && worth.applyAsLong(candidate.value) < worth.applyAsLong(least.value)) {
                if (least != null) {
                    queue.add(least);
                }
                least = candidate;
                leastIsUsed = used;
            } else {
                queue.add(candidate);
            }
        }
        if (least != null && entries.remove(least.key, least)) {
            size.decrementAndGet();
            evictions.increment();
            evicted.accept(least.value);
        }
    }

    public int size() {
        return entries.size();
    }

    /** The values of this moment, in no order. */
    public List<V> values() {
        List<V> values = new ArrayList<>(entries.size());
        for (Entry<K, V> entry : entries.values()) {
            values.add(entry.value);
        }
        return values;
    }

    /** How many values had to make room since the map was made or cleared. */
    public long evictions() {
        return evictions.sum();
    }

    /** Removes everything. An entry that another thread puts meanwhile may stay or go. */
    public void clear() {
        evictions.reset();
        for (Entry<K, V> entry = queue.poll(); entry != null; entry = queue.poll()) {
            if (entries.remove(entry.key, entry)) {
                size.decrementAndGet();
            }
        }
    }
}
