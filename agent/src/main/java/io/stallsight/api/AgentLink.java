package io.stallsight.api;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The line to the agent in this JVM, on which test support for a framework is built. Thread-safe.
 *
 * <p>A <em>context</em> is a number that says for whom a thread works: a test enters one on its thread, tasks that are
 * handed to other threads carry it, and each finding tells it. So findings of tests that run at once can be told apart.
 */
public final class AgentLink {

    private static final Set<Long> COLLECTING = ConcurrentHashMap.newKeySet();

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
     * Has every finding told from here on, on the thread that blocked or on one of the agent: be quick, and do not
     * block.
     *
     * @return ends it
     */
    public Runnable listen(Consumer<Finding> listener) {
        Consumer<Map<String, Object>> events = event -> {
            Finding finding = Events.finding(event, Finding.State.ENDED);
            if (finding != null) {
                listener.accept(finding);
            }
        };
        return (Runnable) ask("listen", events);
    }

    /**
     * Asks {@code judge} before each blocking call on a non-blocking thread, on that thread; the error that it returns
     * is thrown instead of the call.
     *
     * @return ends it
     */
    public Runnable refuse(Function<Finding, @Nullable Throwable> judge) {
        Function<Map<String, Object>, @Nullable Throwable> policy = event -> {
            Finding finding = Events.finding(event, Finding.State.REFUSED);
            return finding == null ? null : judge.apply(finding);
        };
        return (Runnable) ask("refuse", policy);
    }

    /** A number that no other context of this JVM has. */
    public long newContext() {
        return (Long) ask("newContext", null);
    }

    /**
     * The current thread works for {@code context} from here on.
     *
     * @return for whom it worked before: to be entered again at the end
     */
    public long enter(long context) {
        return (Long) ask("context", context);
    }

    /** Waits no longer than {@code limit} until what threads of the agent have seen so far is told. */
    public boolean flush(Duration limit) {
        return (Boolean) ask("flush", limit.toNanos());
    }

    /** How many non-blocking threads do something for the context at this moment. */
    public int working(long context) {
        return (Integer) ask("working", context);
    }

    /** The blocking calls that go on for the context at this moment. */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    public Findings inProgress(long context) {
        List<Finding> calls = new ArrayList<>();
        for (Map<String, Object> event : (List<Map<String, Object>>) ask("inProgress", context)) {
            Finding finding = Events.finding(event, Finding.State.ONGOING);
            if (finding != null) {
                calls.add(finding);
            }
        }
        return new Findings(calls);
    }

    /**
     * Waits, no longer than {@code limit}, until no non-blocking thread works for the context, and everything is told.
     *
     * @return the blocking calls that go on nevertheless
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

    /** Sets the duration from which on blocking calls are told; returns the one before. */
    public Duration threshold(Duration threshold) {
        return Duration.ofNanos((Long) ask("threshold", threshold.toNanos()));
    }

    /** Threads with names that match one of these patterns must not block from here on. */
    public void watchThreads(List<String> patterns) {
        ask("threads", List.copyOf(patterns));
    }

    /**
     * Sets the duration from which on a loop that is late is told as a stall; returns the one before.
     *
     * @param threshold null only asks
     */
    public Duration stallThreshold(@Nullable Duration threshold) {
        return Duration.ofNanos((Long) ask("stallThreshold", threshold == null ? null : threshold.toNanos()));
    }

    /** Keeps findings out of the agent's log, as somebody else tells them. */
    public void mute(boolean mute) {
        ask("mute", mute);
    }

    /** The agent's own allow rules (option {@code allow}), with how often each decided. */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    public Map<String, Long> allowOptions() {
        Map<String, Long> hits = new java.util.TreeMap<>();
        for (Map<String, Object> rule : (List<Map<String, Object>>) ask("rules", null)) {
            hits.put((String) rule.get("rule"), (Long) rule.get("hits"));
        }
        return hits;
    }

    /** Nanoseconds that each loop has been busy so far, by the thread's name. */
    @SuppressWarnings("unchecked") // the other side is the agent's own
    Map<String, Long> busy() {
        Map<String, Long> busy = new java.util.TreeMap<>();
        for (Map<String, Object> loop : (List<Map<String, Object>>) ask("loops", null)) {
            busy.merge((String) loop.get("thread"), (Long) loop.get("busy"), Long::sum);
        }
        return busy;
    }

    @SuppressWarnings("UnusedReturnValue") // some only do something
    private Object ask(String operation, @Nullable Object argument) {
        return service.apply(operation, argument);
    }

    static void collecting(long context, boolean open) {
        if (open) {
            COLLECTING.add(context);
        } else {
            COLLECTING.remove(context);
        }
    }

    /** Whether a {@link Collector} takes the finding at this moment, so that it is nobody else's. */
    public static boolean isCollected(Finding finding) {
        return finding.context() == 0 ? COLLECTING.size() == 1 : COLLECTING.contains(finding.context());
    }
}
