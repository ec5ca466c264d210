package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps apart what frameworks do among themselves while an application starts, and while the JVM ends. Thread-safe.
 *
 * <p><b>Problem.</b> Frameworks build beans, open log files and fill caches on their loops, once, before anybody waits.
 * Each of these calls blocks, but nobody can change it, and nobody gains if it is changed. The same holds when the JVM
 * ends: they close files and wait for what they have begun.
 *
 * <p><b>Rule.</b> In the first {@value #SECONDS} seconds of the JVM, a call is none of the application's if its stack
 * has no frame outside of JDK and libraries, or if it waits for a lock that a library takes: the application's first
 * calls fill the library's caches, several loops at the same time. It is counted, and the count is logged at the end of
 * this time. In the same way, what a library or the JDK below it computes then is work of code that runs for the first
 * time, such as the first handshake or the first date: a stall by it blames no line. Nor does a stall by a wait whose
 * call is none of the application's. All this holds again from the first moment of the JVM's end on. What goes on in
 * between is reported. A call that a test or request made is reported at any time.
 *
 * <p><b>Given up.</b> A library that blocks a loop for good reason to complain is reported up to {@value #SECONDS}
 * seconds late.
 */
public final class StartUp {

    /** Three times what the slowest framework that was tried needs on a busy machine. */
    private static final int SECONDS = 30;

    private final Predicate<StackTraceElement> isOutsideOfLibraries;
    private final Predicate<StackTraceElement> isJdk;
    private final long end;
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private boolean isReported;
    private volatile boolean jvmEnds;

    /** @param start of the JVM, as {@link System#nanoTime()} */
    StartUp(Predicate<StackTraceElement> isOutsideOfLibraries, Predicate<StackTraceElement> isJdk, long start) {
        this.isOutsideOfLibraries = isOutsideOfLibraries;
        this.isJdk = isJdk;
        this.end = start + TimeUnit.SECONDS.toNanos(SECONDS);
    }

    static StartUp ofThisJvm(Predicate<StackTraceElement> isOutsideOfLibraries, Predicate<StackTraceElement> isJdk) {
        Duration age = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
        return new StartUp(isOutsideOfLibraries, isJdk, System.nanoTime() - age.toNanos());
    }

    /** The JVM runs its shutdown hooks from here on. By a thread of the agent. */
    public void jvmEnds() {
        jvmEnds = true;
    }

    private boolean covers(long start) {
        return start - end < 0 || jvmEnds;
    }

    /** Whether the call is not to be reported. */
    boolean covers(BlockingCall call) {
        return covers(call.start())
                && call.context() <= 0
                && (!isOutsideOfLibraries.test(call.site()) || isForLockOfLibrary(call));
    }

    private boolean isForLockOfLibrary(BlockingCall call) {
        return (call.kind() == Kind.LOCK || call.kind() == Kind.MONITOR) && isInLibrary(call.stack());
    }

    /** Whether a library was called last, which may have called the JDK. */
    private boolean isInLibrary(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (!isJdk.test(frame)) {
                return !isOutsideOfLibraries.test(frame);
            }
        }
        return false;
    }

    /**
     * Whether most of what a thread computed is work of libraries in the start.
     *
     * @param start of the work, {@link System#nanoTime()}
     * @param context the test or request that it was for, or 0; those of tests are positive
     * @param stacks samples of it
     */
    boolean coversWork(long start, long context, List<List<StackTraceElement>> stacks) {
        return covers(start) && context <= 0 && areMost(stacks, this::isInLibrary);
    }

    /**
     * Whether most of what a thread waited for is nobody's in the start, as if it were that many calls.
     *
     * @param start of the wait, {@link System#nanoTime()}
     * @param context as for work
     * @param isForLock whether it waited for a lock or monitor
     * @param stacks samples of the wait
     */
    boolean coversWait(long start, long context, boolean isForLock, List<List<StackTraceElement>> stacks) {
        return covers(start)
                && context <= 0
                && areMost(stacks, stack -> isAmongLibraries(stack) || isForLock && isInLibrary(stack));
    }

    private boolean isAmongLibraries(List<StackTraceElement> stack) {
        return stack.stream().noneMatch(isOutsideOfLibraries);
    }

    private static boolean areMost(
            List<List<StackTraceElement>> stacks, Predicate<List<StackTraceElement>> areOfLibraries) {
        return 2 * stacks.stream().filter(areOfLibraries).count() > stacks.size();
    }

    /** Counts a call that is not reported. */
    void count(BlockingCall call) {
        calls.increment();
        nanos.add(call.nanos());
    }

    /**
     * What was kept apart, as a line for the log, once and after the start; null otherwise. Called by one thread.
     *
     * @param now {@link System#nanoTime()}
     */
    public @Nullable String summary(long now) {
        if (isReported || now - end < 0) {
            return null;
        }
        isReported = true;
        return calls.sum() == 0
                ? null
                : "while the application started (" + SECONDS + " s), libraries blocked its loops in "
                        + CountText.of(calls.sum(), "call", "calls") + " for " + DurationText.of(nanos.sum())
                        + " in all, by themselves or with locks of their own; these calls are not reported";
    }
}
