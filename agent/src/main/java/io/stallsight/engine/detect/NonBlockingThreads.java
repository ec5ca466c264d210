package io.stallsight.engine.detect;

import io.stallsight.hook.StallsightThread;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The live threads that must not block, for those who watch them from outside. Thread-safe. */
public final class NonBlockingThreads {

    /** @param state null until the thread comes to its first hook */
    public record Entry(Thread thread, @Nullable StallsightThread state) {}

    private final Map<Thread, Entry> entries = new ConcurrentHashMap<>();

    void add(Thread thread, @Nullable StallsightThread state) {
        if (state != null || !entries.containsKey(thread)) {
            entries.put(thread, new Entry(thread, state));
        }
    }

    void remove(Thread thread) {
        entries.remove(thread);
    }

    public Collection<Entry> all() {
        return entries.values();
    }

    /** Drops threads that ended without telling (virtual threads do). */
    public void prune() {
        entries.keySet().removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    }
}
