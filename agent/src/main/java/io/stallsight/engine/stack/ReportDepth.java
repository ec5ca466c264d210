package io.stallsight.engine.stack;

/**
 * How many frames of the agent are on the stack between the application's call and its report.
 *
 * <p>Calls that were judged by equal stacks run through the same code of the agent to their report, as the agent's own
 * frames and lines are part of those stacks. So the frames are counted at the first report, and the number is kept with
 * the judgment: to walk the stack takes a microsecond or two, to read the number takes nothing. Each object serves one
 * caller only.
 *
 * <p>Thread-safe: threads that count at the same time find the same number.
 */
public final class ReportDepth {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES);

    /** 0 before the first {@link #count}. */
    private int counted;

    /** The frames of the agent on top of the current stack, that of the caller included. */
    public int count() {
        int count = counted;
        if (count == 0) {
            long withThisMethod =
                    WALKER.walk(frames -> frames.takeWhile(frame -> AgentFrames.isAgent(frame.getClassName()))
                            .count());
            count = (int) withThisMethod - 1;
            counted = count;
        }
        return count;
    }
}
