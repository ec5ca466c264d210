package io.stallsight.hook;

/**
 * Something that a woven method begins on its thread and ends with itself: a blocking call, a wait for work, work of
 * the agent.
 *
 * <p><b>Problem.</b> A woven method may end where the stack of its thread is almost full. The hook at the end then
 * overflows, and so would any method that is to repair this. A call that stays in progress hides each later call on the
 * thread.
 *
 * <p><b>Algorithm.</b> The hook at the beginning returns a span of the thread. At its end the woven method writes
 * {@link #over}, before it calls a hook. That is a write of a field in the woven method's own frame: it needs no stack,
 * and it cannot fail. The hook afterwards reports what was measured; if it overflows, one report is lost.
 *
 * <p><b>Invariants.</b> The hook at the beginning opens the span as its very last act, so a span is open only if the
 * woven method has it. Only the outermost method of a kind gets the span. The thread itself writes it; other threads
 * see it a little late.
 */
public class StallsightSpan {

    /** Whether nothing is in progress. Woven code sets it at its end; hooks clear it at their beginning. */
    public boolean over = true;

    StallsightSpan() {}
}
