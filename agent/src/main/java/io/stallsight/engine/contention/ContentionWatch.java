package io.stallsight.engine.contention;

import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.Calls;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.MonitorWait;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.watch.Look;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualThreads;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
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
 * safepoint. Only of a thread that is {@code BLOCKED} the stack, the monitor and its owner are taken. The wait is over
 * when the thread is no longer blocked, or has been blocked another time since. Then the wait is left to the thread
 * itself ({@link MonitorWait}), which reports it at its next hook, so that the event is on its thread; if it comes to
 * no hook within {@value #HAND_OVER_MILLIS} ms, the watching thread reports it.
 *
 * <p>What always holds: the thread that takes a wait out of its slot reports it, so it is reported once. A thread in a
 * call that a hook knows is left alone, as that call is reported; so is a thread that may block at the moment by its
 * role, and the initialisation of a class by another thread. What is given up: a wait shorter than 5 ms is seen only if
 * a look falls into it, and begin and end are exact to 5 ms; of a thread that waited where no hook is, it is 100 ms.
 */
public final class ContentionWatch implements Look {

    private static final int HAND_OVER_MILLIS = 1_000;

    /** How often a thread is looked at that waits where no hook is. */
    private static final long WITHOUT_HOOK = TimeUnit.MILLISECONDS.toNanos(100);

    /** A wait that goes on. */
    private record Watched(MonitorWait monitorWait, long blockedCount) {}

    /** A wait that is over and that its thread is to publish. */
    private record HandOver(MonitorWait monitorWait, AtomicReference<@Nullable Object> slot, long since) {}

    private final NonBlockingThreads threads;
    private final Glimpses glimpses;
    private final Calls calls;
    private final CallListener listener;
    private final IdentityHashMap<Thread, Watched> waits = new IdentityHashMap<>();
    private final List<HandOver> handOvers = new ArrayList<>();

    /** A small run-time image may lack it: then the monitor and its owner are unknown, and waits in a row are one. */
    private final boolean management =
            ModuleLayer.boot().findModule("java.management").isPresent();

    private final AtomicInteger hurried = new AtomicInteger();
    private volatile boolean settled = true;

    private @Nullable ThreadMXBean bean;

    public ContentionWatch(NonBlockingThreads threads, Glimpses glimpses, Calls calls, CallListener listener) {
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
        if (!management) {
            return;
        }
        ThreadInfo info = bean().getThreadInfo(ThreadFacts.id(Thread.currentThread()), Integer.MAX_VALUE);
        if (info != null) {
            describe(info);
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
        if (!waits.isEmpty()) {
            return 0;
        }
        long rest = handOvers.isEmpty() ? UNTIL_A_TICK : untilHandOver();
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightThread state = entry.state();
            if (state == null || !state.isIdle() && !state.call().isInProgress()) {
                if (runs(entry.thread())) {
                    return 0;
                }
                rest = Math.min(rest, WITHOUT_HOOK);
            }
        }
        return rest;
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
        for (Iterator<Thread> ended = waits.keySet().iterator(); ended.hasNext(); ) {
            if (ThreadFacts.state(ended.next()) == Thread.State.TERMINATED) {
                ended.remove(); // it has published at its end what it had to
            }
        }
        for (NonBlockingThreads.Entry entry : threads.all()) {
            boolean blocked = ThreadFacts.state(entry.thread()) == Thread.State.BLOCKED;
            if (blocked || waits.containsKey(entry.thread())) {
                follow(entry, blocked, now);
            }
        }
        handOverLate(now);
        settled = handOvers.isEmpty();
    }

    private void follow(NonBlockingThreads.Entry entry, boolean blocked, long now) {
        Thread followed = entry.thread();
        Watched watched = waits.get(followed);
        if (watched != null) {
            if (blocked && blockedCount(followed) == watched.blockedCount) {
                return;
            }
            waits.remove(followed);
            watched.monitorWait.ended(now);
            handOvers.add(new HandOver(watched.monitorWait, entry.slot(), now));
        }
        StallsightThread state = entry.state();
        boolean inKnownCall = state != null && (state.call().point() != 0 || state.isIdle());
        boolean mayBlock = blocked && state != null && glimpses.mayBlockNow(state);
        if (blocked && !inKnownCall && !mayBlock && entry.slot().get() == null) {
            begin(entry, now);
        }
    }

    private void begin(NonBlockingThreads.Entry entry, long now) {
        if (!isManaged(entry.thread())) {
            StackTraceElement[] stack = ThreadFacts.stack(entry.thread());
            if (ThreadFacts.state(entry.thread()) == Thread.State.BLOCKED && stack.length > 0) {
                leave(
                        entry,
                        new MonitorWait(
                                entry.thread(),
                                stack,
                                "a monitor",
                                MonitorWait.Owner.OTHER_OR_UNKNOWN,
                                now,
                                contextOf(entry)),
                        0);
            }
            return;
        }
        ThreadInfo info = bean().getThreadInfo(ThreadFacts.id(entry.thread()), Integer.MAX_VALUE);
        if (info != null
                && info.getThreadState() == Thread.State.BLOCKED
                && info.getStackTrace().length > 0
                && !isClassInitialization(info)
                && !AgentThread.isNameOfAgent(info.getLockOwnerName())) {
            leave(
                    entry,
                    new MonitorWait(
                            entry.thread(),
                            info.getStackTrace(),
                            describe(info),
                            owner(info.getLockOwnerId()),
                            now,
                            contextOf(entry)),
                    info.getBlockedCount());
        }
    }

    /** Whether the management beans know the thread. They know no virtual one. */
    private boolean isManaged(Thread thread) {
        return management && !StallsightVirtualThreads.isVirtual(thread);
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

    private long blockedCount(Thread of) {
        if (!isManaged(of)) {
            return 0;
        }
        ThreadInfo info = bean().getThreadInfo(ThreadFacts.id(of), 0);
        return info == null ? -1 : info.getBlockedCount();
    }

    private ThreadMXBean bean() {
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        return found;
    }

    /**
     * Whether another thread initialises a class that this one needs: no finding, as is class loading. HotSpot makes an
     * empty {@code int[]} for the purpose, see {@code InstanceKlass::init_lock} in <a
     * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/hotspot/share/oops/instanceKlass.cpp">instanceKlass.cpp</a>.
     */
    private static boolean isClassInitialization(ThreadInfo info) {
        LockInfo lock = info.getLockInfo();
        return lock != null && lock.getClassName().equals("[I");
    }

    private MonitorWait.Owner owner(long id) {
        Thread owner = threads.withId(id);
        return owner != null && threads.isAlways(owner) ? MonitorWait.Owner.LOOP : MonitorWait.Owner.OTHER_OR_UNKNOWN;
    }

    private static String describe(ThreadInfo info) {
        LockInfo lock = info.getLockInfo();
        String owner = info.getLockOwnerName();
        return (lock == null ? "a monitor" : lock.getClassName()) + (owner == null ? "" : " held by " + owner);
    }
}
