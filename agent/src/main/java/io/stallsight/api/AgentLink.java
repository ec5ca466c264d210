package io.stallsight.api;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the agent in this JVM. Test support for a framework builds on it. Thread-safe.
 *
 * <p>A <em>context</em> is a number that attributes work to a test or a request. A test enters a context on its thread;
 * tasks that the thread hands to other threads carry it; each finding has the context of its thread. This separates the
 * findings of tests that run at the same time.
 */
public final class AgentLink {

    private final BiFunction<String, @Nullable Object, Object> service;

    private AgentLink(BiFunction<String, @Nullable Object, Object> service) {
        this.service = service;
    }

    /** The agent in this JVM, or null if there is none (or not the packaged jar's). */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    public static @Nullable AgentLink find() {
        try {
            // the one class of the agent that all loaders share
            Object service = Class.forName("java.lang.StallsightAgent", true, null)
                    .getMethod("service")
                    .invoke(null);
            return service == null ? null : new AgentLink((BiFunction<String, @Nullable Object, Object>) service);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException notThere) {
            return null;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the agent does not answer", e.getCause());
        }
    }

    /**
     * Reports every finding from here on to {@code listener}. The thread that blocked, or a thread of the agent, calls
     * it: it must be quick, and must not block.
     *
     * @return ends the reports
     */
    public Runnable listen(Consumer<Finding> listener) {
        Consumer<Map<String, Object>> events = event -> {
            Finding finding = FindingReader.finding(event, Finding.State.ENDED);
            if (finding != null) {
                listener.accept(finding);
            }
        };
        return (Runnable) call("listen", events);
    }

    /**
     * Calls {@code judge} before each blocking call on a non-blocking thread, on that thread. If it returns an error,
     * this error is thrown instead of the call.
     *
     * @return ends the refusals
     */
    public Runnable refuse(Function<Finding, @Nullable Throwable> judge) {
        Function<Map<String, Object>, @Nullable Throwable> policy = event -> {
            Finding finding = FindingReader.finding(event, Finding.State.REFUSED);
            return finding == null ? null : judge.apply(finding);
        };
        return (Runnable) call("refuse", policy);
    }

    /** A number that no other context of this JVM has. */
    public long newContext() {
        return (Long) call("newContext", null);
    }

    /**
     * Attributes the work of the current thread to {@code context} from here on.
     *
     * @return the context of the thread before; enter it again at the end
     */
    public long enter(long context) {
        return (Long) call("context", context);
    }

    /** Waits until the threads of the agent have reported all that they have observed so far, {@code limit} at most. */
    public boolean flush(Duration limit) {
        return (Boolean) call("flush", limit.toNanos());
    }

    /** How many non-blocking threads work for the context at this moment. */
    public int working(long context) {
        return (Integer) call("working", context);
    }

    /** The blocking calls of the context that are in progress at this moment. */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    public Findings inProgress(long context) {
        List<Finding> calls = new ArrayList<>();
        for (Map<String, Object> event : (List<Map<String, Object>>) call("inProgress", context)) {
            Finding finding = FindingReader.finding(event, Finding.State.ONGOING);
            if (finding != null) {
                calls.add(finding);
            }
        }
        return new Findings(calls);
    }

    /**
     * Waits until no non-blocking thread works for the context and all its findings are reported, {@code limit} at
     * most.
     *
     * @return the blocking calls that are still in progress
     */
    public Findings settle(long context, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        long pause = 100_000;
        while (working(context) > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, 5_000_000);
        }
        Findings left = working(context) > 0 ? inProgress(context) : new Findings(List.of());
        flush(limit);
        return left;
    }

    /** Sets the duration from which on blocking calls are reported; returns the duration before. */
    public Duration threshold(Duration threshold) {
        return Duration.ofNanos((Long) call("threshold", threshold.toNanos()));
    }

    /** Threads with names that match one of these patterns must not block from here on. */
    public void watchThreads(List<String> patterns) {
        call("threads", List.copyOf(patterns));
    }

    /**
     * Sets the duration from which on a late loop is reported as a stall; returns the duration before.
     *
     * @param threshold null changes nothing
     */
    public Duration stallThreshold(@Nullable Duration threshold) {
        return Duration.ofNanos((Long) call("stallThreshold", threshold == null ? null : threshold.toNanos()));
    }

    /** Keeps findings out of the agent's log, where the caller reports them itself. */
    public void mute(boolean mute) {
        call("mute", mute);
    }

    /** The agent's own allow rules (option {@code allow}), and how often each decided. */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    public Map<String, Long> allowOptions() {
        Map<String, Long> hits = new TreeMap<>();
        for (Map<String, Object> rule : (List<Map<String, Object>>) call("rules", null)) {
            hits.put((String) rule.get("rule"), (Long) rule.get("hits"));
        }
        return hits;
    }

    /** Nanoseconds that each loop has been busy so far, by the thread's name. */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    Map<String, Long> busy() {
        Map<String, Long> busy = new TreeMap<>();
        for (Map<String, Object> loop : (List<Map<String, Object>>) call("loops", null)) {
            busy.merge((String) loop.get("thread"), (Long) loop.get("busy"), Long::sum);
        }
        return busy;
    }

    @SuppressWarnings("UnusedReturnValue") // some operations have no result
    private Object call(String operation, @Nullable Object argument) {
        return service.apply(operation, argument);
    }

    /** A {@link Collector} takes the findings of the context from here on; returns what ends this. */
    Runnable collect(long context) {
        return (Runnable) call("collect", context);
    }

    /**
     * Whether a {@link Collector} takes the finding at this moment, so that no other test support should. It may be one
     * of another class loader.
     */
    public boolean isCollected(Finding finding) {
        return (Boolean) call("isCollected", finding.context());
    }
}
