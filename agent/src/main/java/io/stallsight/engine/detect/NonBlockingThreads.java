package io.stallsight.engine.detect;

import io.stallsight.engine.thread.CpuTimes;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.thread.ThreadMap;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualThreads;
import io.stallsight.hook.StallsightWatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The live threads that must not block. Threads of the agent watch them through this, each one 200 times a second,
 * which is cheap for hundreds of loops. Virtual threads may be a hundred thousand at once, so only the first
 * {@value #MAX_VIRTUAL} are here; of others only the hooks see something. Thread-safe.
 */
public final class NonBlockingThreads {

    /** The virtual threads that are watched at once. While all of them wait, they cost 9 % of a CPU (JDK 25). */
    public static final int MAX_VIRTUAL = 1_000;

    /**
     * @param state null until the thread comes to its first hook
     * @param early slot for a wait that the thread has to report, until it has a state
     */
    public record Entry(Thread thread, @Nullable StallsightThread state, AtomicReference<@Nullable Object> early) {

        /** The slot in which a watching thread leaves a wait that this thread reports at its next hook. */
        public AtomicReference<@Nullable Object> slot() {
            return state == null ? early : state.pending();
        }

        /**
         * Whether the thread is lent to work that may block at some moments, see {@link StallsightThread#isDynamic}.
         */
        public boolean changesRole() {
            return state != null && state.isDynamic();
        }

        /**
         * The kernel's times of the thread were read. By the watching thread.
         *
         * @param from {@link System#nanoTime()} before the reading
         */
        public void timesRead(long from, ThreadTimes times) {
            RunDelay delay = state == null ? null : LoopThreads.runDelay(state);
            if (delay != null) {
                delay.seen(from, times);
            }
        }

        /**
         * Nanoseconds in which the thread was on a CPU, or ready for one; -1 if not known, and without the latter if
         * only that is not known. Any thread may ask; it takes some 10 us.
         */
        public long used() {
            RunDelay delay = state == null ? null : LoopThreads.runDelay(state);
            ThreadTimes times = delay == null ? null : delay.now();
            long cpu = delay != null && times == null ? -1 : CpuTimes.of(ThreadFacts.id(thread));
            return cpu < 0 || times == null ? cpu : cpu + times.delay();
        }

        /** The ticks of the thread, or null if it has none so far. */
        public @Nullable StallsightLoop ticks() {
            return state == null ? null : state.loop();
        }
    }

    private final ThreadMap<Entry> entries = new ThreadMap<>();

    private final AtomicInteger virtual = new AtomicInteger();
    private volatile boolean leftOut;

    private final Doorbell watchBell = new Doorbell();

    /** The thread that watches them sleeps here. Is rung when there is another one. */
    public Doorbell watchBell() {
        return watchBell;
    }

    void add(Thread thread, @Nullable StallsightThread state) {
        boolean first = entries.isEmpty();
        if (StallsightVirtualThreads.isVirtual(thread) && entries.get(thread) == null) {
            if (virtual.get() >= MAX_VIRTUAL) {
                leftOut = true;
                return;
            }
            virtual.incrementAndGet();
        }
        put(thread, state);
        if (first || StallsightWatch.isAsleep()) {
            watchBell.ring();
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
        if (entries.remove(thread) != null && StallsightVirtualThreads.isVirtual(thread)) {
            virtual.decrementAndGet();
        }
    }

    /** Whether there were more virtual threads at once than are watched. */
    public boolean leftOut() {
        return leftOut;
    }

    /** A thread was added when it was about to start, and its start failed. */
    void removeUnborn(Thread thread) {
        Entry entry = entries.get(thread);
        if (entry != null && entry.state() == null && ThreadFacts.state(thread) == Thread.State.NEW) {
            remove(thread);
        }
    }

    public boolean contains(Thread thread) {
        return entries.get(thread) != null;
    }

    /** Whether the thread is one that must not block, at any moment. */
    public boolean isAlways(Thread thread) {
        Entry entry = entries.get(thread);
        return entry != null && !entry.changesRole();
    }

    /** The thread with this id, or null. */
    public @Nullable Thread withId(long id) {
        for (Entry entry : entries.values()) {
            if (ThreadFacts.id(entry.thread()) == id) {
                return entry.thread();
            }
        }
        return null;
    }

    /** Those that there are at this moment. */
    public List<Entry> all() {
        return entries.values();
    }

    /**
     * Drops threads that are not alive. Usually there are none, as hooks see ends and failed starts; but a hook can
     * fail. A thread that is about to start comes back at its first hook.
     */
    public void prune() {
        for (Entry entry : entries.values()) {
            if (!entry.thread().isAlive()) {
                remove(entry.thread());
            }
        }
    }
}
