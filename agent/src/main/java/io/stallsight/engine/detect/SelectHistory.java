package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The selectors that one thread has selected on, and a select that is not yet known as a blocking call. Used by that
 * thread only. References are weak, because an application may drop a selector without closing it.
 */
final class SelectHistory {

    /**
     * A select that is a blocking call unless the thread turns out to loop on its selector.
     *
     * @param delivery for a report at the close of the selector, which the method that selected usually calls
     */
    record UnprovenSelect(Reference<Object> selector, BlockingCall call, Delivery delivery) {}

    private static final Reference<Object> NONE = new WeakReference<>(null);

    private Reference<Object> loopSelector = NONE;
    private Reference<Object> lastSelector = NONE;
    private Reference<Object> polledSelector = NONE;
    private Reference<Object> callSelector = NONE;
    private @Nullable UnprovenSelect unproven;

    /** The hash code of the stack with which the thread began to loop on {@link #loopSelector}. */
    private int loopStack;

    /** Whether the thread loops on a selector that still exists. */
    boolean hasLoopSelector() {
        return loopSelector.get() != null;
    }

    boolean loopsOn(Object selector) {
        return loopSelector.refersTo(selector);
    }

    /** From here on the thread loops on {@code selector}, which it selects on with {@code stack}. */
    WeakReference<Object> loopOn(Object selector, List<StackTraceElement> stack) {
        lastSelector = NONE;
        loopStack = stack.hashCode();
        WeakReference<Object> loop = new WeakReference<>(selector);
        loopSelector = loop;
        return loop;
    }

    /** Whether the thread began to loop with this stack. */
    boolean loopedFrom(List<StackTraceElement> stack) {
        return !stack.isEmpty() && stack.hashCode() == loopStack; // empty: -XX:-StackTraceInThrowable
    }

    /** Whether the catalog names a frame below which the thread polled {@code selector}: its selects are no loop's. */
    boolean polled(Object selector) {
        return polledSelector.refersTo(selector);
    }

    void poll(Object selector) {
        polledSelector = new WeakReference<>(selector);
    }

    /** Whether a library was seen to select on {@code selector} for the answer to a call of the application. */
    boolean isOfCall(Object selector) {
        return callSelector.refersTo(selector);
    }

    void ofCall(Object selector) {
        callSelector = new WeakReference<>(selector);
    }

    /** Whether the last select that was not the loop's was on {@code selector}. */
    boolean selectedLast(Object selector) {
        return lastSelector.refersTo(selector);
    }

    void select(Object selector) {
        lastSelector = new WeakReference<>(selector);
    }

    /** Keeps a select until it is known whether it was a loop's. */
    void keep(UnprovenSelect select) {
        unproven = select;
    }

    /** Returns the select that was kept, once; null if there is none. */
    @Nullable
    UnprovenSelect take() {
        UnprovenSelect taken = unproven;
        unproven = null;
        return taken;
    }

    /** Forgets a selector that is closed; returns the select on it that was kept, or null. */
    @Nullable
    UnprovenSelect close(Object selector) {
        if (loopSelector.refersTo(selector)) {
            loopSelector = NONE;
        }
        if (lastSelector.refersTo(selector)) {
            lastSelector = NONE;
        }
        return unproven != null && unproven.selector().refersTo(selector) ? take() : null;
    }
}
