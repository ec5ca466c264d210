package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.FrameRules;
import io.stallsight.engine.stack.Judgment;
import io.stallsight.engine.stack.ReportDepth;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.hook.StallsightSelectors;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualThreads;
import java.lang.ref.WeakReference;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a select is: idle time of an event loop, or a blocking call. Runs on the thread that selects.
 *
 * <p>Both look alike to the JDK. A loop is known by one of two signs. A thread that selects a second time on a selector
 * loops on it; its first select was a loop's too. And the catalog names methods whose very first select is a loop's.
 * From then on any other selector on that thread is a blocking call at once, because a loop that waits in it stands
 * still. But where the thread selects on the other one with the very stack with which it began to loop, it is the same
 * code: it has made a new selector, or its former loop is over and a pool's thread runs the next one. Until then the
 * first select on a non-blocking thread is <em>unproven</em>: it is kept, and becomes a blocking call when the thread
 * closes the selector, turns to another one, or ends. If the thread selects on it again instead, the kept select is
 * forgotten. Below frames that the catalog names as no loop's, repeated selects are blocking calls. A virtual thread
 * may block by nature, and one that waits for its only channel does just that: it is a loop if its selector has several
 * channels. Libraries wait like this as well for the answer to a call: JeroMQ's {@code recv} selects on a selector that
 * it keeps for one pipe. So where the application called a library and the selector has no more than one channel, other
 * than one that accepts connections, the select is the wait of that call. The channels are counted at each select until
 * the thread is a loop.
 *
 * <p>This gives up two cases. A call that blocks in the first tick of a loop which only its selecting gives away is not
 * seen. And a library's loop that the application runs by another method than {@code run}, as a client with a single
 * connection, is known by the catalog only.
 */
final class Selectors {

    /**
     * The method of a loop is among this many frames from the JDK's select: {@code lockAndDoSelect, select, select,
     * run}.
     */
    private static final int MAX_FRAMES_TO_LOOP = 6;

    private final FrameRules loops;
    private final FrameRules notLoops;
    private final LoopThreads threads;
    private final Calls calls;
    private final CallListener listener;
    private final Stacks stacks;

    Selectors(Catalog catalog, LoopThreads threads, Calls calls, CallListener listener, Stacks stacks) {
        this.loops = new FrameRules(catalog.loops());
        this.notLoops = new FrameRules(catalog.notLoops());
        this.threads = threads;
        this.calls = calls;
        this.listener = listener;
        this.stacks = stacks;
    }

    /** A select that may wait begins; returns one of the constants of {@link StallsightSelectors}. */
    int selecting(StallsightThread state, Object selector) {
        ThreadRecord record = threads.record(state);
        SelectHistory history = record.selects;
        if (history.loopsOn(selector)) {
            return StallsightSelectors.LOOP;
        }
        if (!history.hasLoopSelector() && isSelectOfKnownLoop()) {
            becomesLoop(state, history, selector); // also of a thread that is known as a loop by how it begins
            return StallsightSelectors.LOOP;
        }
        if (history.hasLoopSelector() && history.loopedFrom(stack())) {
            becomesLoop(state, history, selector);
            return StallsightSelectors.LOOP;
        }
        if (record.isLoop() || history.polled(selector)) {
            return StallsightSelectors.BLOCKING;
        }
        SelectHistory.UnprovenSelect former = history.take();
        if (history.selectedLast(selector)) {
            if (state.mayBlock() && waitsForOne(state, history, selector)) {
                return StallsightSelectors.IGNORED;
            }
            if (!isPolled()) {
                becomesLoop(state, history, selector); // the former select was the loop's first
                return StallsightSelectors.LOOP;
            }
            history.poll(selector);
            reportFromElsewhere(former);
            return StallsightSelectors.BLOCKING;
        }
        history.select(selector);
        state.setKnowsSelectors();
        reportFromElsewhere(former);
        return state.mayBlock() ? StallsightSelectors.IGNORED : StallsightSelectors.UNPROVEN;
    }

    /**
     * A select on a non-blocking thread that was no known loop's has ended.
     *
     * @param proven whether it was {@link StallsightSelectors#BLOCKING}, not {@link StallsightSelectors#UNPROVEN}
     */
    void selected(StallsightThread state, Object selector, long nanos, boolean proven) {
        if (calls.countIfShort(nanos) || !(calls.judge(state) instanceof Judgment.Report judgment)) {
            return;
        }
        BlockingCall call = calls.ended(state, judgment, nanos);
        if (proven) {
            Calls.addToTick(state, Kind.SELECT, nanos, call);
            listener.blockingCall(call, Delivery.belowCall(state, judgment.depth()));
        } else {
            Calls.addToTick(state, Kind.SELECT, nanos, null);
            threads.record(state)
                    .selects
                    .keep(new SelectHistory.UnprovenSelect(
                            new WeakReference<>(selector), call, Delivery.belowCall(state, new ReportDepth())));
        }
    }

    void closed(StallsightThread state, Object selector) {
        SelectHistory history = threads.record(state).selects;
        boolean wasLoop = history.loopsOn(selector);
        SelectHistory.UnprovenSelect proven = history.close(selector);
        if (wasLoop) {
            threads.classify(state); // without its selector the thread is what its name and class say
        }
        if (proven != null) {
            listener.blockingCall(proven.call(), proven.delivery());
        }
    }

    /** The thread ends and was no loop, so its last select was a blocking call. */
    void ended(ThreadRecord record) {
        reportFromElsewhere(record.selects.take());
    }

    private void reportFromElsewhere(SelectHistory.@Nullable UnprovenSelect proven) {
        if (proven != null) {
            listener.blockingCall(proven.call(), proven.delivery().elsewhere());
        }
    }

    private void becomesLoop(StallsightThread state, SelectHistory history, Object selector) {
        WeakReference<Object> loopSelector = history.loopOn(selector, stack());
        state.setKnowsSelectors();
        threads.setNonBlocking(state, true);
        state.loop().setSelector(loopSelector);
    }

    private static List<StackTraceElement> stack() {
        return AgentFrames.withoutAgent(new Throwable().getStackTrace());
    }

    /** Whether a virtual thread, or a library that the application called, waits for the selector's only channel. */
    private boolean waitsForOne(StallsightThread state, SelectHistory history, Object selector) {
        if (StallsightVirtualThreads.isVirtual(state.thread())) {
            return hasOneChannel(selector, false);
        }
        if (!hasOneChannel(selector, true)) {
            return false;
        }
        if (!history.isOfCall(selector) && stacks.isCallOfLibrary(stack())) {
            history.ofCall(selector);
        }
        return history.isOfCall(selector);
    }

    /** @param acceptingCounts whether a channel that accepts others counts as several */
    private static boolean hasOneChannel(Object selector, boolean acceptingCounts) {
        try {
            if (!(selector instanceof Selector jdk)) {
                return false;
            }
            Set<SelectionKey> keys = jdk.keys();
            return keys.isEmpty() || keys.size() == 1 && !(acceptingCounts && accepts(keys));
        } catch (ClosedSelectorException alreadyClosed) {
            return true;
        }
    }

    private static boolean accepts(Set<SelectionKey> keys) {
        for (SelectionKey key : keys) {
            if (key.channel() instanceof ServerSocketChannel) {
                return true;
            }
        }
        return false;
    }

    private boolean isSelectOfKnownLoop() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !AgentFrames.isAgent(frame.getClassName()))
                        .limit(MAX_FRAMES_TO_LOOP)
                        .anyMatch(frame -> loops.find(frame.getClassName(), frame.getMethodName(), false) != null));
    }

    /** Whether a frame on the stack says that this select is no loop's. */
    private boolean isPolled() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(
                        frame -> notLoops.find(frame.getClassName(), frame.getMethodName(), false) != null));
    }
}
