package io.stallsight.engine.detect;

import io.stallsight.engine.thread.Doorbell;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The live threads that must not block, for those who watch them from outside. Thread-safe. */
public final class NonBlockingThreads {

    /**
     * @param state null until the thread comes to its first hook
     * @param early what is to be published on the thread before it has a state
     */
    public record Entry(Thread thread, @Nullable StallsightThread state, AtomicReference<@Nullable Object> early) {

        /** Where to leave what the thread is to publish at its next hook. */
        public AtomicReference<@Nullable Object> slot() {
            return state == null ? early : state.pending();
        }

        /** Its ticks, or null while it has none. */
        public @Nullable StallsightLoop ticks() {
            return state == null ? null : state.loop();
        }
    }

    private final Map<Thread, Entry> entries = new ConcurrentHashMap<>();

    private final Doorbell firstOne = new Doorbell();

    /** Is rung when there is a thread after there was none: the thread that watches them sleeps there. */
    public Doorbell firstOne() {
        return firstOne;
    }

    void add(Thread thread, @Nullable StallsightThread state) {
        boolean first = entries.isEmpty();
        put(thread, state);
        if (first) {
            firstOne.ring();
        }
    }

    private void put(Thread thread, @Nullable StallsightThread state) {
        if (state == null) {
            entries.putIfAbsent(thread, new Entry(thread, null, new AtomicReference<>()));
            return;
        }
        Entry former = entries.put(thread, new Entry(thread, state, new AtomicReference<>()));
        Object early = former == null ? null : former.early.getAndSet(null);
        if (early != null) {
            state.pending().set(early);
        }
    }

    void remove(Thread thread) {
        entries.remove(thread);
    }

    public boolean contains(Thread thread) {
        return entries.containsKey(thread);
    }

    /** The thread with an id; null if none of these has it. */
    public @Nullable Thread withId(long id) {
        for (Thread thread : entries.keySet()) {
            if (thread.getId() == id) {
                return thread;
            }
        }
        return null;
    }

    public Collection<Entry> all() {
        return entries.values();
    }

    /** Drops threads that ended without telling (virtual threads do). */
    public void prune() {
        entries.keySet().removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    }
}
