package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.FrameRules;
import io.stallsight.engine.stack.Judgment;
import io.stallsight.engine.stack.ReportDepth;
import io.stallsight.hook.StallsightSelectors;
import io.stallsight.hook.StallsightThread;
import java.lang.ref.WeakReference;

/**
 * Tells a loop's idle point from a blocking call: both are a select. A selector on which a thread selects a second time
 * is its loop's. Its methods run on the thread that selects, directly below those of {@link Detector}, and call the
 * listener themselves: see there.
 */
final class Selectors {

    /**
     * A loop's method is this near above the JDK's select at the most: {@code lockAndDoSelect, select, select, run}.
     */
    private static final int LOOP_FRAMES = 6;

    private final FrameRules loops;
    private final FrameRules notLoops;
    private final LoopThreads threads;
    private final Calls calls;
    private final CallListener listener;

    Selectors(Catalog catalog, LoopThreads threads, Calls calls, CallListener listener) {
        this.loops = new FrameRules(catalog.loops());
        this.notLoops = new FrameRules(catalog.notLoops());
        this.threads = threads;
        this.calls = calls;
        this.listener = listener;
    }

    int selecting(StallsightThread state, Object selector) {
        ThreadRecord record = threads.record(state);
        if (record.loopSelector.refersTo(selector)) {
            return StallsightSelectors.LOOP;
        }
        if (record.loopSelector.get() == null && isSelectOfLoop()) {
            becomesLoop(state, record, selector); // also of a thread that is known as a loop by how it begins
            return StallsightSelectors.LOOP;
        }
        if (record.isLoop() || record.polledSelector.refersTo(selector)) {
            return StallsightSelectors.BLOCKING; // a loop that waits in another selector than its own stands still
        }
        ThreadRecord.UnprovenSelect unproven = record.unproven;
        record.unproven = null;
        if (record.lastSelector.refersTo(selector)) {
            if (!isPolled()) {
                // the second time: this is what the thread does for a living, and so was the first
                becomesLoop(state, record, selector);
                return StallsightSelectors.LOOP;
            }
            record.polledSelector = new WeakReference<>(selector);
            if (unproven != null) {
                listener.blockingCall(unproven.call(), unproven.delivery().elsewhere());
            }
            return StallsightSelectors.BLOCKING;
        }
        record.lastSelector = new WeakReference<>(selector);
        state.setKnowsSelectors();
        if (unproven != null) {
            listener.blockingCall(unproven.call(), unproven.delivery().elsewhere());
        }
        if (state.mayBlock()) {
            return StallsightSelectors.IGNORED;
        }
        return StallsightSelectors.UNPROVEN;
    }

    void selected(StallsightThread state, Object selector, long nanos, boolean proven) {
        if (calls.countIfShort(nanos)) {
            return;
        }
        if (!(calls.judge(state) instanceof Judgment.Report judgment)) {
            return;
        }
        BlockingCall call = calls.ended(state, judgment, nanos);
        Calls.account(state, Kind.SELECT, nanos, proven ? call : null);
        if (proven) {
            listener.blockingCall(call, Delivery.belowCall(state, judgment.depth()));
        } else {
            threads.record(state).unproven = new ThreadRecord.UnprovenSelect(
                    new WeakReference<>(selector), call, Delivery.belowCall(state, new ReportDepth()));
        }
    }

    void closed(StallsightThread state, Object selector) {
        ThreadRecord record = threads.record(state);
        if (record.loopSelector.refersTo(selector)) {
            record.forgetLoopSelector();
            threads.classify(state); // without its selector it is what its name and class say
        }
        if (record.lastSelector.refersTo(selector)) {
            record.forgetLastSelector();
        }
        ThreadRecord.UnprovenSelect unproven = record.unproven;
        if (unproven != null && unproven.selector().refersTo(selector)) {
            record.unproven = null;
            listener.blockingCall(unproven.call(), unproven.delivery());
        }
    }

    /** A thread ends that was no loop, so its last select was a blocking call. */
    void ended(ThreadRecord record) {
        if (record.unproven != null) {
            listener.blockingCall(
                    record.unproven.call(), record.unproven.delivery().elsewhere());
        }
    }

    private void becomesLoop(StallsightThread state, ThreadRecord record, Object selector) {
        record.forgetLastSelector();
        WeakReference<Object> reference = new WeakReference<>(selector);
        record.loopSelector = reference;
        state.setKnowsSelectors();
        threads.setNonBlocking(state, true);
        state.loop().setSelector(reference);
    }

    /** Whether the caller is an event loop that the catalog knows: its very first select is one of a loop. */
    private boolean isSelectOfLoop() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !AgentFrames.isAgent(frame.getClassName()))
                        .limit(LOOP_FRAMES)
                        .anyMatch(frame -> loops.find(frame.getClassName(), frame.getMethodName(), false) != null));
    }

    private boolean isPolled() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(
                        frame -> notLoops.find(frame.getClassName(), frame.getMethodName(), false) != null));
    }
}
