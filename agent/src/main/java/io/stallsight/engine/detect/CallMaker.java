package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.stack.Judgment;
import io.stallsight.engine.stack.Naming;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.hook.StallsightCall;
import io.stallsight.hook.StallsightConnectionPool;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightRequest;
import io.stallsight.hook.StallsightThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link BlockingCall} out of what the hooks have noted or another thread has seen: finds its kind, its name
 * and its detail. Runs on the blocked thread, or on a thread of the agent for a call that was seen from outside.
 */
final class CallMaker {

    /** The point of a contended {@code synchronized}, which is no method that could be woven. */
    static final Point MONITOR = new Point(
            0,
            "jdk",
            Point.Type.BLOCKING,
            Target.of("synchronized", MethodPattern.named("enter")),
            Label.of("synchronized", Kind.MONITOR),
            Operands.NONE,
            Conditions.NONE);

    /** The stack of {@link #madeUp} where throwables have none (-XX:-StackTraceInThrowable). */
    private static final StackTraceElement NO_FRAME = new StackTraceElement("none", "none", null, -1);

    private final Catalog catalog;
    private final Naming naming;
    private final Describer describer;
    private final RequestReader requests;

    CallMaker(Catalog catalog, Naming naming, Describer describer, RequestReader requests) {
        this.catalog = catalog;
        this.naming = naming;
        this.describer = describer;
        this.requests = requests;
    }

    /** The call in progress on the current thread, or the one that has just ended there. */
    BlockingCall ofHook(StallsightThread state, Judgment.Report judgment, long start, long nanos) {
        return call(
                judgment.name(),
                detail(catalog.point(state.call().point()), state),
                start,
                nanos,
                ThreadFacts.name(state.thread()),
                judgment.stack(),
                requests.of(state.request()),
                state.context());
    }

    /** The call that another thread was in when its stack was taken. The stack has been judged. */
    BlockingCall ofGlimpse(
            Point point,
            long start,
            long nanos,
            StallsightThread state,
            List<StackTraceElement> stack,
            Request request) {
        String thread = ThreadFacts.name(state.thread());
        Kind kind = point.kind() == null ? Kind.PARK : point.kind();
        return call(naming.name(point, kind, stack), "", start, nanos, thread, stack, request, state.context());
    }

    BlockingCall ofMonitor(MonitorWait wait, long nanos, List<StackTraceElement> stack) {
        return call(
                naming.name(MONITOR, Kind.MONITOR, stack),
                wait.monitor(),
                wait.start(),
                nanos,
                ThreadFacts.name(wait.thread()),
                stack,
                request(wait),
                wait.context());
    }

    /** On the thread that has waited, if it began to serve the request before it waited. */
    private Request request(MonitorWait wait) {
        StallsightThread state = wait.thread() == Thread.currentThread() ? StallsightHook.current() : null;
        if (state == null) {
            return Request.UNKNOWN;
        }
        boolean isOfRequest = state.request().since() - wait.start() <= 0;
        Request named = isOfRequest ? requests.ofOther(state.request()) : Request.UNKNOWN;
        return wait.hasTraceOf(state) ? requests.traced(named) : named;
    }

    /**
     * The request that another thread serves at the moment, if it began before; without a trace, which only that thread
     * could ask for.
     */
    Request requestInProgress(StallsightThread state, long before) {
        StallsightRequest served = state.request();
        long since = served.since();
        if (since - before > 0) {
            return Request.UNKNOWN;
        }
        Request request = requests.ofOther(served);
        return served.request() != null && served.since() == since ? request : Request.UNKNOWN;
    }

    /** That request, or the one that handed on the work of a context. */
    Request orHandedOn(Request request, long context) {
        return requests.orHandedOn(request, context);
    }

    /** A call that nobody made. It takes the path of a real one, which loads the classes that the first one needs. */
    BlockingCall madeUp() {
        StackTraceElement[] frames = new Throwable().getStackTrace();
        List<StackTraceElement> stack = frames.length == 0 ? List.of(NO_FRAME) : List.of(frames);
        return call(
                naming.name(MONITOR, Kind.MONITOR, stack),
                describer.describe(new Object()), // of no class that it knows, so it compares with each
                System.nanoTime(),
                1,
                Thread.currentThread().getName(),
                stack,
                Request.UNKNOWN,
                0);
    }

    /**
     * The kind of the call on this thread. A scope around calls of many kinds has the kind of the longest one inside.
     */
    Kind kind(StallsightThread state) {
        Kind kind = catalog.point(state.call().point()).kind();
        if (kind == null && state.call().inner() != 0) {
            kind = catalog.point(state.call().inner()).kind();
        }
        if (kind == Kind.FILE
                && describer.isConsole(
                        state.call().inner() == 0
                                ? state.call().self()
                                : state.call().innerSelf())) {
            return Kind.CONSOLE;
        }
        return kind == null ? Kind.PARK : kind;
    }

    private BlockingCall call(
            Naming.Name name,
            String detail,
            long start,
            long nanos,
            String threadName,
            List<StackTraceElement> stack,
            Request request,
            long context) {
        return new BlockingCall(
                name.kind(),
                name.api(),
                detail,
                start,
                nanos,
                threadName,
                LoopGroup.of(threadName),
                stack,
                stack.get(name.site()),
                name.fix(),
                requests.orHandedOn(request, context),
                context);
    }

    /** What the call itself was about, or else what the longest call inside was about or did. */
    private String detail(Point outer, StallsightThread state) {
        StallsightCall call = state.call();
        StallsightConnectionPool pool = call.pool();
        if (pool != null && isWait(call.inner() == 0 ? outer : catalog.point(call.inner()))) {
            return waitFor(pool, call.poolInUse());
        }
        String own = detail(outer, state.call().self(), state.call().subject());
        if (!own.isEmpty() || state.call().inner() == 0) {
            return own;
        }
        Point inner = catalog.point(state.call().inner());
        String detail = detail(inner, state.call().innerSelf(), state.call().innerSubject());
        if (detail.isEmpty() && outer.kind() != inner.kind()) {
            return inner.doing() == null ? inner.apiName() : inner.doing();
        }
        return detail;
    }

    /** A pool may also open a connection, or test one, which is work with a socket. */
    private static boolean isWait(Point point) {
        Kind kind = point.kind();
        return kind == Kind.PARK
                || kind == Kind.WAIT
                || kind == Kind.QUEUE
                || kind == Kind.FUTURE
                || kind == Kind.LOCK
                || kind == Kind.SLEEP;
    }

    /** {@code wait for a connection of orders (10 of 10 in use)}. */
    private static String waitFor(StallsightConnectionPool pool, int inUse) {
        String name = pool.name();
        return (pool.isOfPermits() ? "wait for a permit" : "wait for a connection")
                + (name == null || name.isEmpty() ? " of a pool" : " of " + name)
                + " ("
                + (pool.max() == Long.MAX_VALUE ? inUse : inUse + " of " + pool.max())
                + " in use)";
    }

    private String detail(Point point, @Nullable Object self, @Nullable Object subject) {
        if (point.subject() == Operands.NO_SUBJECT) {
            return "";
        }
        String what = describer.describe(point.subject() == Operands.RECEIVER ? self : subject);
        String doing = point.doing();
        return doing == null || what.isEmpty() ? what : doing + " " + what;
    }
}
