package io.stallsight.engine.detect;

import io.stallsight.api.BlockingCallError;
import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Judgment;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.stack.StackJudge;
import io.stallsight.hook.StallsightCall;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightLoops;
import io.stallsight.hook.StallsightThread;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A blocking call on a non-blocking thread, from its beginning to its report. Before the call: strict mode or a policy
 * refuses it. After the call: it was too short and is counted, a rule allows it, it was a wait for work or for a CPU,
 * or it is reported. Runs on the blocked thread.
 */
public final class Calls {

    private final Catalog catalog;
    private final RuleBook rules;
    private final CallMaker maker;
    private final StartUp startUp;
    private final CallListener listener;
    private final CallPolicies policies;
    private final LiveSettings settings;
    private final LongAdder shortCalls = new LongAdder();

    public Calls(Detection detection, CallListener listener) {
        this.catalog = detection.catalog();
        this.rules = detection.rules();
        this.maker = detection.maker();
        this.startUp = detection.startUp();
        this.policies = detection.policies();
        this.settings = detection.settings();
        this.listener = listener;
    }

    /** How many calls on non-blocking threads were shorter than the threshold, or would have been with a CPU. */
    long shortCalls() {
        return shortCalls.sum();
    }

    /** The error that is thrown instead of the call that is about to begin, or null to let the call happen. */
    @Nullable
    Throwable refuse(StallsightThread state) {
        RunDelay delay = LoopThreads.runDelay(state);
        if (delay != null && delay.isMeasuring()) {
            delay.begins(state.call().point());
        }
        boolean strict = settings.get().mode() == Mode.STRICT;
        if (!strict && policies.isEmpty()) {
            return null;
        }
        if (!(judge(state, rules.refusing()) instanceof Judgment.Report judgment)) {
            return null;
        }
        BlockingCall call = maker.ofHook(state, judgment, System.nanoTime(), 0);
        Point point = catalog.point(state.call().point());
        Throwable refusal = policies.refuse(point, call);
        if (refusal != null || !strict) {
            return refusal;
        }
        listener.blockingCall(call, Delivery.belowCall(state, judgment.depth()));
        BlockingCallError error = new BlockingCallError(call.kind(), call.api(), StrictMessage.of(call));
        error.setStackTrace(call.stack().toArray(new StackTraceElement[0]));
        return error;
    }

    /** The call in {@code state} has ended after {@code nanos}. */
    void exited(StallsightThread state, long nanos) {
        if (nanos < catalog.point(state.call().point()).minNanos()) {
            return;
        }
        if (countIfShort(nanos)) {
            addToTick(state, maker.kind(state), nanos, null);
            return;
        }
        Judgment judgment = judge(state);
        if (judgment instanceof Judgment.Report report) {
            if (isForLackOfCpu(state, nanos)) {
                shortCalls.increment();
                addToTick(state, maker.kind(state), nanos, null);
                return;
            }
            BlockingCall call = ended(state, report, nanos);
            if (startUp.covers(call)) {
                startUp.count(call);
                addToTick(state, call.kind(), nanos, null);
            } else {
                addToTick(state, call.kind(), nanos, call);
                listener.blockingCall(call, Delivery.belowCall(state, report.depth()));
            }
        } else if (judgment instanceof Judgment.WaitForWork && state.loop() != null) {
            StallsightLoops.waited(state, nanos);
        } else {
            addToTick(state, maker.kind(state), nanos, null);
        }
    }

    /** Judges the call that has just ended on the current thread, and counts the rule that decided. */
    Judgment judge(StallsightThread state) {
        return judge(state, rules.measuring(settings.get().mode()));
    }

    private Judgment judge(StallsightThread state, StackJudge judge) {
        Judgment judgment = judge.judge(catalog.point(state.call().point()), maker.kind(state));
        rules.count(judgment);
        return judgment;
    }

    /** Whether the call that has just ended was long only because its thread had no CPU. */
    private boolean isForLackOfCpu(StallsightThread state, long nanos) {
        RunDelay delay = LoopThreads.runDelay(state);
        StallsightCall call = state.call();
        return delay != null
                && delay.explains(
                        call.point(),
                        maker.kind(state),
                        call.startedAt(),
                        nanos,
                        settings.get().threshold());
    }

    /** The call that has just ended on the current thread. */
    BlockingCall ended(StallsightThread state, Judgment.Report judgment, long nanos) {
        return maker.ofHook(state, judgment, state.call().startedAt(), nanos);
    }

    /** Counts a call that is shorter than the threshold; returns whether it is. */
    boolean countIfShort(long nanos) {
        if (nanos >= settings.get().threshold()) {
            return false;
        }
        shortCalls.increment();
        return true;
    }

    /** Reports a wait of this thread that the watching thread saw and left to it. */
    void publishPending(StallsightThread state) {
        if (state.pending().getAndSet(null) instanceof MonitorWait wait) {
            BlockingCall call = contended(wait);
            if (call != null) {
                addToTick(state, Kind.MONITOR, call.nanos(), call);
                listener.blockingCall(call, Delivery.fromElsewhere(state.thread()));
            }
        }
    }

    /**
     * A wait for a monitor as a call. Called by the waiting or the watching thread.
     *
     * @return null if the wait was short, a rule allows it, the monitor is a library's own, two loops meet in the
     *     framework that runs them, the application starts, or a hook waited, for which the application's line would be
     *     blamed
     */
    public @Nullable BlockingCall contended(MonitorWait wait) {
        long nanos = wait.nanos(System.nanoTime());
        if (countIfShort(nanos) || AgentFrames.anyOfAgent(wait.stack())) {
            return null;
        }
        List<StackTraceElement> kept =
                rules.inspect(wait.stack(), settings.get().mode());
        if (kept == null || kept.isEmpty() || isOwnLock(wait, kept)) {
            return null;
        }
        BlockingCall call = maker.ofMonitor(wait, nanos, kept);
        if (startUp.covers(call)) {
            startUp.count(call);
            return null;
        }
        return call;
    }

    private boolean isOwnLock(MonitorWait wait, List<StackTraceElement> stack) {
        return rules.isOwnLock(stack)
                || wait.owner() == MonitorWait.Owner.LOOP && rules.isLockOfTheCallingFramework(stack);
    }

    /**
     * Goes the path of a report once, so that class loading does not make the first real blocking call longer. Called
     * on a thread of the agent: the made-up call has a stack of the agent's frames.
     */
    public BlockingCall rehearse() {
        rules.rehearse();
        rules.measuring(settings.get().mode()).judge(CallMaker.MONITOR, Kind.MONITOR);
        return maker.madeUp();
    }

    /**
     * Adds the time of a call to the tick that it was made in.
     *
     * @param call null if it is not reported
     */
    static void addToTick(StallsightThread state, Kind kind, long nanos, @Nullable BlockingCall call) {
        StallsightLoop loop = state.loop();
        if (loop == null) {
            return;
        }
        if (kind == Kind.LOCK || kind == Kind.MONITOR) {
            loop.tick().addLocked(nanos);
        } else {
            loop.tick().addBlocked(nanos);
        }
        if (call != null) {
            loop.tick().keepIfLongest(call, nanos);
        }
    }
}
