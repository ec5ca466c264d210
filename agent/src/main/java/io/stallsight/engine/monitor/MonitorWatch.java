package io.stallsight.engine.monitor;

import io.stallsight.engine.detect.AgentThread;
import io.stallsight.engine.detect.BlockingCall;
import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.hook.StallsightThread;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sees contended {@code synchronized}, which has no call to weave: every {@value #PERIOD_MILLIS} ms the state of each
 * non-blocking thread is read (a field of the thread, no safepoint), and a thread that is found queuing for a monitor
 * is looked at closely until it has got it. A wait is seen if it lasts longer than a period or happens to cover a look,
 * and its duration is exact to a period at both ends.
 *
 * <p>The waiting thread itself commits the call at its next hook, so that the event is on its thread; if it comes to no
 * hook within {@value #HAND_OVER_MILLIS} ms, this thread does.
 */
public final class MonitorWatch {

    private static final int PERIOD_MILLIS = 5;
    /** While there is no non-blocking thread. */
    private static final int IDLE_PERIOD_MILLIS = 50;

    private static final int HAND_OVER_MILLIS = 1_000;

    private static final class Wait {
        final Thread thread;
        final long blockedCount;
        final long start;
        final StackTraceElement[] stack;
        final String monitor;
        final @Nullable Object event;

        Wait(Thread thread, ThreadInfo info, @Nullable Object event, long start) {
            this.thread = thread;
            this.blockedCount = info.getBlockedCount();
            this.start = start;
            this.stack = info.getStackTrace();
            this.monitor = describe(info);
            this.event = event;
        }
    }

    private record HandOver(StallsightThread state, BlockingCall call, long since) {}

    private final NonBlockingThreads threads;
    private final Detector detector;
    private final CallListener listener;
    private final Runnable beforeWatching;
    private final Map<Thread, Wait> waits = new HashMap<>();
    private final Map<Thread, HandOver> handOvers = new HashMap<>();
    private final AgentThread thread = new AgentThread("watch", this::watch);
    private volatile boolean stopped;
    private @Nullable ThreadMXBean bean;
    private int rounds;

    /** @param beforeWatching runs first on the watching thread */
    public MonitorWatch(NonBlockingThreads threads, Detector detector, CallListener listener, Runnable beforeWatching) {
        this.beforeWatching = beforeWatching;
        this.threads = threads;
        this.detector = detector;
        this.listener = listener;
    }

    public void start() {
        thread.start();
    }

    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1_000);
    }

    private void watch() {
        beforeWatching.run();
        while (!stopped) {
            int period = threads.all().isEmpty() ? IDLE_PERIOD_MILLIS : PERIOD_MILLIS;
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(period));
            look();
            if (++rounds % 200 == 0) {
                threads.prune();
            }
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (NonBlockingThreads.Entry entry : threads.all()) {
            boolean blocked = entry.thread().getState() == Thread.State.BLOCKED;
            if (blocked || waits.containsKey(entry.thread())) {
                follow(entry, blocked, now);
            }
        }
        handOverLate(now);
    }

    private void follow(NonBlockingThreads.Entry entry, boolean blocked, long now) {
        Thread blockedThread = entry.thread();
        Wait wait = waits.get(blockedThread);
        if (wait != null && blocked && blockedCount(blockedThread) == wait.blockedCount) {
            return;
        }
        if (wait != null) {
            waits.remove(blockedThread);
            ended(entry, wait, now);
        }
        StallsightThread state = entry.state();
        boolean inKnownCall = state != null && (state.outer != 0 || state.idle > 0);
        if (blocked && !inKnownCall) {
            Object event = listener.begin(false);
            ThreadInfo info = bean().getThreadInfo(blockedThread.getId(), Integer.MAX_VALUE);
            if (info != null && info.getThreadState() == Thread.State.BLOCKED && info.getStackTrace().length > 0) {
                waits.put(blockedThread, new Wait(blockedThread, info, event, now));
            }
        }
    }

    private void ended(NonBlockingThreads.Entry entry, Wait wait, long now) {
        listener.end(wait.event);
        BlockingCall call = detector.contended(wait.thread, wait.stack, wait.monitor, now - wait.start, wait.event);
        if (call == null) {
            return;
        }
        StallsightThread state = entry.state();
        if (state == null || !state.pending.compareAndSet(null, call)) {
            listener.blockingCall(call);
        } else {
            handOvers.put(wait.thread, new HandOver(state, call, now));
        }
    }

    private void handOverLate(long now) {
        for (Iterator<HandOver> all = handOvers.values().iterator(); all.hasNext(); ) {
            HandOver handOver = all.next();
            if (handOver.state.pending.get() != handOver.call) {
                all.remove();
            } else if (now - handOver.since > TimeUnit.MILLISECONDS.toNanos(HAND_OVER_MILLIS)) {
                all.remove();
                if (handOver.state.pending.compareAndSet(handOver.call, null)) {
                    listener.blockingCall(handOver.call);
                }
            }
        }
    }

    private long blockedCount(Thread of) {
        ThreadInfo info = bean().getThreadInfo(of.getId(), 0);
        return info == null ? -1 : info.getBlockedCount();
    }

    /** Not before it is needed: the management classes cost start-up time. */
    private ThreadMXBean bean() {
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        return found;
    }

    private static String describe(ThreadInfo info) {
        LockInfo lock = info.getLockInfo();
        String owner = info.getLockOwnerName();
        return (lock == null ? "a monitor" : lock.getClassName()) + (owner == null ? "" : " held by " + owner);
    }
}
