package io.stallsight.hook;

/**
 * Leaves frames of the agent out of the stacks that JFR records. JFR asks the type of an event how many frames it skips
 * at the top of the current stack; while the agent commits an event on a thread, the frames that it asks to hide there
 * are added to the answer. All other events get JFR's own answer.
 */
public final class StallsightFrames {

    /** More frames than a stack has. */
    public static final int ALL = 1_000_000;

    private StallsightFrames() {}

    /**
     * Until {@link #show}, stacks that JFR records on the current thread begin {@code frames} frames further out.
     *
     * @return what {@link #show} takes; null if the thread has no state, and then its frames stay visible
     */
    public static StallsightThread hide(int frames) {
        StallsightThread state = StallsightThread.known();
        if (state != null) {
            state.hiddenFrames = frames;
        }
        return state;
    }

    public static void show(StallsightThread hidden) {
        if (hidden != null) {
            hidden.hiddenFrames = 0;
        }
    }

    /**
     * JFR is about to record the stack of the current thread.
     *
     * @param skipped how many frames JFR leaves out by itself
     * @return how many frames it has to leave out
     */
    public static int skip(int point, int skipped) {
        try {
            if (!StallsightThread.mayHaveState()) {
                return skipped; // the look-up would give each virtual thread a map of thread-locals
            }
            StallsightThread state = StallsightThread.known();
            if (state == null) {
                return skipped;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            return skipped + state.hiddenFrames;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return skipped;
        }
    }
}
