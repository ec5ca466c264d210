package io.stallsight.engine.thread;

import io.stallsight.hook.StallsightVirtualThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the stacks of other threads in the way that stops the application least, and pays for it from a
 * {@link StopBudget}. Used by one thread.
 *
 * <p>Measured: {@code Thread.getStackTrace} is a safepoint on JDK 17 and a handshake with that thread on JDK 25.
 * {@code ThreadMXBean.getThreadInfo} with a depth is a safepoint on both, for any number of threads. With depth 0 it is
 * neither on both, and yet has the monitor, its owner and the count of waits. So before JDK 19, whose
 * {@code Thread.getStackTrace} was the first with a handshake, several threads share a safepoint. From then on each
 * thread has a handshake of its own, and no other one stops.
 */
public final class StackTaker {

    /** Stacks of one safepoint: 200 of 100 frames each stopped the JVM for 40 ms. */
    public static final int MAX_AT_ONCE = 16;

    private static final int FIRST_WITH_HANDSHAKES = 19;

    /** A small run-time image may lack it: then no monitor, owner and count is known. */
    private static final boolean MANAGEMENT =
            ModuleLayer.boot().findModule("java.management").isPresent();

    /** How often a stack is taken that may be that of another moment. */
    private static final int HANDSHAKES = 3;

    private final boolean handshakes = Runtime.version().feature() >= FIRST_WITH_HANDSHAKES;
    private final StopBudget budget;
    private @Nullable ThreadMXBean bean;

    public StackTaker(StopBudget budget) {
        this.budget = budget;
    }

    public StopBudget budget() {
        return budget;
    }

    /** What is known of a thread without a stop, so without its stack; null if it has ended. */
    public @Nullable ThreadGlance glance(Thread thread) {
        if (!isManaged(thread)) {
            return ThreadGlance.ofUnmanaged(thread);
        }
        ThreadInfo info = bean().getThreadInfo(ThreadFacts.id(thread), 0);
        return info == null ? null : ThreadGlance.of(info);
    }

    /**
     * Takes the stacks of threads.
     *
     * @param threads at most {@link #MAX_AT_ONCE}
     * @param depth the most frames of a stack; where each thread has its own handshake, all frames are taken
     * @return one for each thread; null for one that has ended
     */
    public List<@Nullable ThreadGlance> take(List<Thread> threads, int depth) {
        if (threads.size() > MAX_AT_ONCE) {
            throw new IllegalArgumentException("threads: " + threads.size());
        }
        long start = System.nanoTime();
        List<@Nullable ThreadGlance> taken = new ArrayList<>(threads.size());
        List<Thread> atOnce = new ArrayList<>();
        for (Thread thread : threads) {
            boolean alone = handshakes || !isManaged(thread);
            taken.add(alone ? handshake(thread) : null);
            if (!alone) {
                atOnce.add(thread);
            }
        }
        if (!atOnce.isEmpty()) {
            addAtSafepoint(threads, atOnce, depth, taken);
        }
        budget.pay(System.nanoTime() - start);
        return taken;
    }

    /** The stack of the thread with this id; null if it has ended. A safepoint. */
    public @Nullable ThreadGlance withId(long id, int depth) {
        long start = System.nanoTime();
        ThreadInfo info = bean().getThreadInfo(new long[] {id}, depth)[0];
        budget.pay(System.nanoTime() - start);
        return info == null ? null : ThreadGlance.of(info);
    }

    /**
     * The state before the stack must be that after it, or the stack may be that of another moment. A thread that is
     * different each time runs between its waits: it is taken as running, as no lock and no state is known for the
     * stack.
     */
    private @Nullable ThreadGlance handshake(Thread thread) {
        StackTraceElement[] stack = {};
        ThreadGlance before = glance(thread);
        for (int i = 0; i < HANDSHAKES; i++) {
            stack = ThreadFacts.stack(thread);
            ThreadGlance after = glance(thread);
            if (before == null || after == null) {
                return null;
            }
            if (after.isSameMoment(before)) {
                return after.withStack(stack);
            }
            before = after;
        }
        return ThreadGlance.running(stack);
    }

    private void addAtSafepoint(
            List<Thread> threads, List<Thread> atOnce, int depth, List<@Nullable ThreadGlance> taken) {
        long[] ids = new long[atOnce.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ThreadFacts.id(atOnce.get(i));
        }
        ThreadInfo[] infos = bean().getThreadInfo(ids, depth);
        int next = 0;
        for (int i = 0; i < threads.size(); i++) {
            if (next < ids.length && threads.get(i) == atOnce.get(next)) {
                ThreadInfo info = infos[next++];
                taken.set(i, info == null ? null : ThreadGlance.of(info));
            }
        }
    }

    /** Whether the management beans know the thread. They know no virtual one. */
    private static boolean isManaged(Thread thread) {
        return MANAGEMENT && !StallsightVirtualThreads.isVirtual(thread);
    }

    /** Not before it is needed: what it loads costs start-up time. */
    private ThreadMXBean bean() {
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        return found;
    }
}
