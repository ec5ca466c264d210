package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.thread.Questions;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.hook.StallsightCall;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightRole;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at non-blocking threads from other threads. The threads run on meanwhile, so each answer may be out of date
 * when it is given; a caller that must be sure looks twice. Thread-safe.
 */
public final class Glimpses {

    /**
     * How long a loop has worked so far.
     *
     * @param busy nanoseconds in ticks, the running one included
     */
    public record LoopTime(String thread, long busy, long ticks) {}

    /**
     * A request that a thread served when another one looked.
     *
     * @param since when the thread began to serve it
     * @param request without its trace
     */
    public record Served(long since, Request request) {

        public static final Served NOTHING = new Served(0, Request.UNKNOWN);

        /** The request, if the thread still serves it and has since before that time. */
        public Request request(StallsightThread state, long before) {
            boolean isSame =
                    state.request().request() != null && state.request().since() == since;
            return isSame && since - before <= 0 ? request : Request.UNKNOWN;
        }
    }

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final RoleQuestions roles;
    private final NonBlockingThreads nonBlocking;
    private final CallMaker maker;
    private final RuleBook rules;
    private final StartUp startUp;
    private final LiveSettings settings;

    Glimpses(
            Catalog catalog,
            ThreadClassifier classifier,
            NonBlockingThreads nonBlocking,
            CallMaker maker,
            RuleBook rules,
            StartUp startUp,
            LiveSettings settings,
            Questions questions) {
        this.catalog = catalog;
        this.roles = new RoleQuestions(classifier, questions);
        this.classifier = classifier;
        this.nonBlocking = nonBlocking;
        this.maker = maker;
        this.rules = rules;
        this.startUp = startUp;
        this.settings = settings;
    }

    /**
     * Whether the thread may block at this moment: its library has lent it to work that may, or it waits for work. For
     * the watching thread only, as the other methods about roles that have a time.
     *
     * @param since an answer about an earlier moment does not count
     * @param now {@link System#nanoTime()}
     */
    public MayBlock mayBlock(StallsightThread state, long since, long now) {
        return state.isDynamic() ? roles.of(state.thread(), since, now) : MayBlock.NO;
    }

    /** What was found out about a thread by {@link #mayBlock} since that time; null if nobody asked. */
    public @Nullable MayBlock askedSince(Thread thread, long since) {
        return roles.known(thread, since);
    }

    /**
     * Whether the thread's library has lent it, at this moment, to work that may block: it is no loop meanwhile. For a
     * thread of the agent that may be lost ({@link io.stallsight.engine.thread.Callee}).
     */
    public boolean isLent(StallsightThread state) {
        return state.isDynamic() && !state.isIdle() && classifier.roleNow(state.thread()) == StallsightRole.LENT;
    }

    /** See {@link StartUp#coversWork}. */
    public boolean isWorkOfStartUp(long start, long context, List<List<StackTraceElement>> stacks) {
        return startUp.coversWork(start, context, stacks);
    }

    /** See {@link StartUp#coversWait}. */
    public boolean isWaitOfStartUp(long start, long context, boolean isForLock, List<List<StackTraceElement>> stacks) {
        return startUp.coversWait(start, context, isForLock, stacks);
    }

    private static int pointInProgress(StallsightThread state) {
        StallsightCall call = state.call();
        return call.isInProgress() ? call.point() : 0;
    }

    /** The kind of the thread's blocking call in progress, or null if there is none. */
    public @Nullable Kind kindInProgress(StallsightThread state) {
        int point = pointInProgress(state);
        if (point == 0) {
            return null;
        }
        return kind(catalog.point(point));
    }

    private static Kind kind(Point point) {
        Kind kind = point.kind();
        return kind == null ? Kind.PARK : kind;
    }

    /**
     * The thread's blocking call in progress; null if there is none, it is nobody's, or it ended during the look.
     *
     * @param served what was found out before about the request that the thread serves
     */
    public @Nullable BlockingCall callInProgress(StallsightThread state, Served served) {
        int number = pointInProgress(state);
        long start = state.call().startedAt();
        long nanos = System.nanoTime() - start;
        if (number == 0) {
            return null;
        }
        List<StackTraceElement> stack =
                rules.inspect(ThreadFacts.stack(state.thread()), settings.get().mode());
        if (stack == null || stack.isEmpty() || pointInProgress(state) != number) {
            return null;
        }
        Point point = catalog.point(number);
        BlockingCall call = maker.ofGlimpse(point, start, nanos, state, stack, served.request(state, start));
        boolean isNobodys = rules.isOwnLock(kind(point), stack) || startUp.covers(call);
        return isNobodys ? null : call;
    }

    /** The request that the thread serves. Calls methods of the application. */
    public Served served(StallsightThread state) {
        long since = state.request().since();
        return new Served(since, maker.requestInProgress(state, since));
    }

    /** The request that the thread serves at the moment, and has since before that time; without its trace. */
    public Request requestInProgress(StallsightThread state, long before) {
        return maker.requestInProgress(state, before);
    }

    /** That request if its name is known, otherwise the one that handed on the work of {@code context}. */
    public Request orHandedOn(Request request, long context) {
        return maker.orHandedOn(request, context);
    }

    /** The object that the thread waits for, in a call that another thread has to end; null if it is in none. */
    public @Nullable Object awaited(StallsightThread state) {
        int point = pointInProgress(state);
        Object self = state.call().self();
        if (point == 0) {
            return null;
        }
        Kind kind = catalog.point(point).kind();
        return kind == Kind.FUTURE || kind == Kind.WAIT || kind == Kind.LOCK || kind == Kind.QUEUE ? self : null;
    }

    /**
     * The non-blocking threads that do something for {@code context} at this moment: they are in a blocking call, queue
     * for a monitor, or run a tick.
     */
    public List<StallsightThread> working(long context) {
        List<StallsightThread> working = new ArrayList<>();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightThread state = entry.state();
            if (state != null && state.context() == context && isWorking(state)) {
                working.add(state);
            }
        }
        return working;
    }

    private static boolean isWorking(StallsightThread state) {
        StallsightLoop loop = state.loop();
        return state.call().point() != 0
                || state.pending().get() != null
                || ThreadFacts.state(state.thread()) == Thread.State.BLOCKED
                || loop != null && loop.inTick() && !state.isIdle();
    }

    /** The times of all loops. */
    public List<LoopTime> loops() {
        List<LoopTime> loops = new ArrayList<>();
        long now = System.nanoTime();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null) {
                long start = loop.start();
                loops.add(new LoopTime(
                        ThreadFacts.name(entry.thread()),
                        loop.busy() + (start == 0 ? 0 : Math.max(0, now - start)),
                        loop.ticks()));
            }
        }
        return loops;
    }

    /** Whether {@link ThreadClassifier#request} is the only reason why the thread must not block. */
    public boolean isRequestedOnly(Thread thread) {
        if (!classifier.isRequestedOnly(thread)) {
            return false;
        }
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            if (entry.thread() == thread && entry.state() != null) {
                ThreadRecord record = LoopThreads.existingRecord(entry.state());
                return record == null || !record.isLoop();
            }
        }
        return true;
    }
}
