package io.stallsight.engine.contention;

import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.Calls;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.MayBlock;
import io.stallsight.engine.detect.MonitorWait;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.thread.ThreadGlance;
import io.stallsight.engine.watch.Look;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds non-blocking threads that wait for a Java monitor.
 *
 * <p>The problem: {@code synchronized} is no call, so there is nothing to weave, and the JVM's own events of contention
 * begin at 20 ms by default and need a recording.
 *
 * <p>The algorithm: every 5 ms the state of each non-blocking thread is read, which is a field of the thread and no
 * safepoint. Only of a thread that is {@code BLOCKED} the stack, the monitor and its owner are taken
 * ({@link StackTaker}). While the budget of stops is low, only of a wait that is the same at the next look: many
 * threads that contend for a monitor for microseconds each would have the JVM stopped all the time. The wait is over
 * when the thread is no longer blocked, or has been blocked another time since. Then the wait is left to the thread
 * itself ({@link MonitorWait}), which reports it at its next hook, so that the event is on its thread; if it comes to
 * no hook within {@value #HAND_OVER_MILLIS} ms, the watching thread reports it.
 *
 * <p>What always holds: the thread that takes a wait out of its slot reports it, so it is reported once. A thread in a
 * call that a hook knows is left alone, as that call is reported; so is a thread that may block at the moment by its
 * role, and the initialisation of a class by another thread. What is given up: a wait shorter than 5 ms is seen only if
 * a look falls into it, and counts from that look on ({@link MonitorWait}). A thread that last waited where no hook is
 * has a look only every 100 ms.
 */
public final class ContentionWatch implements Look {

    private static final int HAND_OVER_MILLIS = 1_000;

    /** How often a thread is looked at that waits where no hook is. */
    private static final long WITHOUT_HOOK = TimeUnit.MILLISECONDS.toNanos(100);

    /** An answer about a thread that changes its role is about this wait if it is no older. */
    private static final long LAST_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many threads are asked in one look whether their wait is the same: each costs some 10 µs. */
    private static final int MAX_ASKED = 8;

    /** A wait that goes on. */
    private record Watched(MonitorWait monitorWait, long blockedCount) {}

    /** A wait without a stack so far. */
    private static final class Fresh {
        final long blockedCount;

        /** A time at which the thread had been seen to wait: this thread may lose its CPU in the middle of a look. */
        final long since = System.nanoTime();

        /** The last look at which the thread was blocked. */
        long seen;

        Fresh(long blockedCount, long seen) {
            this.blockedCount = blockedCount;
            this.seen = seen;
        }
    }

    /** A wait that is over and that its thread is to publish. */
    private record HandOver(MonitorWait monitorWait, AtomicReference<@Nullable Object> slot, long since) {}

    private final NonBlockingThreads threads;
    private final Glimpses glimpses;
    private final Calls calls;
    private final CallListener listener;
    private final StackTaker taker;
    private final IdentityHashMap<Thread, Watched> waits = new IdentityHashMap<>();
    private final IdentityHashMap<Thread, Fresh> fresh = new IdentityHashMap<>();
    /** Threads whose stacks are to be taken. */
    private final List<NonBlockingThreads.Entry> candidates = new ArrayList<>();

    private final List<HandOver> handOvers = new ArrayList<>();

    /** Threads that may still be asked in this look, and where the next look begins if that was too few. */
    private int mayAsk;

    private int first;

    private final AtomicInteger hurried = new AtomicInteger();
    private volatile boolean settled = true;

    public ContentionWatch(
            NonBlockingThreads threads, Glimpses glimpses, StackTaker taker, Calls calls, CallListener listener) {
        this.taker = taker;
        this.threads = threads;
        this.glimpses = glimpses;
        this.calls = calls;
        this.listener = listener;
    }

    /**
     * Takes the information of a waiting thread once from the calling thread. The management classes take 30 ms to
     * load, and a wait would be over by then. Not before there is a thread to watch: loading them costs start-up time.
     */
    public void rehearse() {
        ThreadGlance glance =
                taker.take(List.of(Thread.currentThread()), Integer.MAX_VALUE).get(0);
        if (glance != null) {
            glance.waitsFor();
        }
    }

    /** Waits that are over are published at the next look, whether or not their threads come to a hook. */
    @Override
    public void hurry() {
        hurried.incrementAndGet();
    }

    @Override
    public void calmDown() {
        hurried.decrementAndGet();
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    /**
     * A thread at its idle point, or in a blocking call, comes to a hook before it can wait for a monitor. One that
     * runs may wait for one at any time. Of another one nothing says when it runs.
     */
    @Override
    public long rest() {
        if (!waits.isEmpty() || !fresh.isEmpty()) {
            return 0;
        }
        long rest = handOvers.isEmpty() ? UNTIL_A_TICK : untilHandOver();
        List<NonBlockingThreads.Entry> all = threads.all();
        for (int i = 0; i < all.size(); i++) {
            NonBlockingThreads.Entry entry = all.get(i);
            if (!comesToHook(entry.state())) {
                if (runs(entry.thread())) {
                    return 0;
                }
                rest = Math.min(rest, WITHOUT_HOOK);
            }
        }
        return rest;
    }

    /** Whether the thread waits for work or is in a blocking call, and so comes to a hook before it works. */
    private static boolean comesToHook(@Nullable StallsightThread state) {
        return state != null && (state.isIdle() || state.call().isInProgress());
    }

    /** Whether it works, or is about to: it is here before it starts. */
    private static boolean runs(Thread thread) {
        Thread.State state = ThreadFacts.state(thread);
        return state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING && state != Thread.State.TERMINATED;
    }

    private long untilHandOver() {
        long since = handOvers.get(0).since; // the oldest
        return hurried.get() > 0
                ? 0
                : Math.max(0, since + TimeUnit.MILLISECONDS.toNanos(HAND_OVER_MILLIS) - System.nanoTime());
    }

    @Override
    public void look(long now, long due) {
        if (!waits.isEmpty()) {
            forgetEnded();
        }
        List<NonBlockingThreads.Entry> all = threads.all();
        int from = first < all.size() ? first : 0;
        mayAsk = MAX_ASKED;
        for (int i = 0; i < all.size(); i++) {
            int at = from + i < all.size() ? from + i : from + i - all.size();
            NonBlockingThreads.Entry entry = all.get(at);
            boolean followed = !waits.isEmpty() && waits.containsKey(entry.thread());
            if (!followed && comesToHook(entry.state())) {
                continue; // its wait would be that of a call which a hook knows
            }
            boolean blocked = ThreadFacts.state(entry.thread()) == Thread.State.BLOCKED;
            if (blocked || followed) {
                boolean couldAsk = mayAsk > 0;
                follow(entry, blocked, now);
                first = couldAsk && mayAsk == 0 ? at + 1 : first; // the others come first at the next look
            }
        }
        if (!fresh.isEmpty()) {
            fresh.values().removeIf(wait -> wait.seen != now);
        }
        begin();
        if (!handOvers.isEmpty()) {
            handOverLate(now);
        }
        settled = handOvers.isEmpty();
    }

    private void forgetEnded() {
        for (Iterator<Thread> ended = waits.keySet().iterator(); ended.hasNext(); ) {
            if (ThreadFacts.state(ended.next()) == Thread.State.TERMINATED) {
                ended.remove(); // it has published at its end what it had to
            }
        }
    }

    private void follow(NonBlockingThreads.Entry entry, boolean blocked, long now) {
        Thread followed = entry.thread();
        Watched watched = waits.get(followed);
        if (watched != null) {
            if (blocked && isSame(followed, watched.blockedCount)) {
                return;
            }
            waits.remove(followed);
            watched.monitorWait.ended(now);
            handOvers.add(new HandOver(watched.monitorWait, entry.slot(), now));
        }
        StallsightThread state = entry.state();
        boolean inKnownCall = state != null && (state.call().point() != 0 || state.isIdle());
        if (blocked && !inKnownCall && entry.slot().get() == null && mustNotBlock(state, now)) {
            consider(entry, now);
        }
    }

    /** Of a thread that changes its role, this may be known at the next look only. */
    private boolean mustNotBlock(@Nullable StallsightThread state, long now) {
        return state == null || glimpses.mayBlock(state, now - LAST_LOOKS, now) == MayBlock.NO;
    }

    /** Whether the thread, which is blocked, is in the same wait; taken to be so if it cannot be asked in this look. */
    private boolean isSame(Thread blocked, long blockedCount) {
        if (mayAsk == 0) {
            return true;
        }
        mayAsk--;
        ThreadGlance glance = taker.glance(blocked);
        return glance != null && glance.blockedCount() == blockedCount;
    }

    /**
     * Has the stack of a wait taken, if the budget allows that: else the wait must be there at the next look as well.
     */
    private void consider(NonBlockingThreads.Entry entry, long now) {
        Fresh known = fresh.get(entry.thread());
        StopBudget.Level level = taker.budget().level();
        if (known != null && isSame(entry.thread(), known.blockedCount)) {
            known.seen = now;
            add(entry, level != StopBudget.Level.EMPTY);
        } else if (level == StopBudget.Level.FULL) {
            add(entry, true);
        } else {
            taker.budget().reduce();
            remember(entry.thread(), now);
        }
    }

    private void add(NonBlockingThreads.Entry entry, boolean allowed) {
        if (allowed && candidates.size() < StackTaker.MAX_AT_ONCE) {
            candidates.add(entry);
        } else {
            taker.budget().reduce();
        }
    }

    private void remember(Thread blocked, long now) {
        ThreadGlance glance = mayAsk == 0 ? null : taker.glance(blocked);
        mayAsk = Math.max(0, mayAsk - 1);
        if (glance != null && glance.state() == Thread.State.BLOCKED && !glance.waitsForNobody()) {
            fresh.put(blocked, new Fresh(glance.blockedCount(), now));
        }
    }

    /** Takes the stacks of the candidates, all at once. */
    private void begin() {
        if (candidates.isEmpty()) {
            return;
        }
        int[] changes = traceChanges(); // before: a change after a wait must not count as one before
        List<@Nullable ThreadGlance> glances = taker.take(
                candidates.stream().map(NonBlockingThreads.Entry::thread).toList(), Integer.MAX_VALUE);
        for (int i = 0; i < glances.size(); i++) {
            ThreadGlance glance = glances.get(i);
            if (glance != null) {
                begin(candidates.get(i), glance, changes[i]);
            }
        }
        candidates.clear();
    }

    private int[] traceChanges() {
        int[] changes = new int[candidates.size()];
        for (int i = 0; i < changes.length; i++) {
            StallsightThread state = candidates.get(i).state();
            changes[i] = state == null ? 0 : state.traced().changes();
        }
        return changes;
    }

    private void begin(NonBlockingThreads.Entry entry, ThreadGlance glance, int traceChanges) {
        Fresh known = fresh.remove(entry.thread());
        if (glance.state() == Thread.State.BLOCKED && glance.stack().length > 0 && !glance.waitsForNobody()) {
            long since = known != null && known.blockedCount == glance.blockedCount() ? known.since : System.nanoTime();
            leave(
                    entry,
                    new MonitorWait(
                            entry.thread(),
                            glance.stack(),
                            glance.waitsFor(),
                            owner(glance.ownerId()),
                            since,
                            entry::used,
                            contextOf(entry),
                            traceChanges),
                    glance.blockedCount());
        }
    }

    private static long contextOf(NonBlockingThreads.Entry entry) {
        StallsightThread state = entry.state();
        return state == null ? 0 : state.context();
    }

    private void leave(NonBlockingThreads.Entry entry, MonitorWait wait, long blockedCount) {
        if (entry.slot().compareAndSet(null, wait)) {
            waits.put(entry.thread(), new Watched(wait, blockedCount));
        }
    }

    /** Publishes what a thread has left in its slot for long, or forever. */
    private void handOverLate(long now) {
        handOverLate(now, hurried.get() > 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(HAND_OVER_MILLIS));
    }

    private void handOverLate(long now, long patience) {
        for (Iterator<HandOver> all = handOvers.iterator(); all.hasNext(); ) {
            HandOver handOver = all.next();
            if (handOver.slot.get() != handOver.monitorWait) {
                all.remove();
            } else if (now - handOver.since >= patience) {
                all.remove();
                if (handOver.slot.compareAndSet(handOver.monitorWait, null)) {
                    BlockingCall call = calls.contended(handOver.monitorWait);
                    if (call != null) {
                        listener.blockingCall(call, Delivery.fromElsewhere(handOver.monitorWait.thread()));
                    }
                }
            }
        }
    }

    private MonitorWait.Owner owner(long id) {
        Thread owner = id < 0 ? null : threads.withId(id);
        return owner != null && threads.isAlways(owner) ? MonitorWait.Owner.LOOP : MonitorWait.Owner.OTHER_OR_UNKNOWN;
    }
}
