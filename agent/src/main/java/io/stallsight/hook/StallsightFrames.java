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
        StallsightThread state = StallsightHook.begun();
        if (state != null) {
            state.setHiddenFrames(frames);
        }
        return state;
    }

    public static void show(StallsightThread hidden) {
        if (hidden != null) {
            hidden.setHiddenFrames(0);
        }
    }

    /**
     * JFR is about to record the stack of the current thread. In contrast to other hooks this one works while the
     * re-entrancy guard is up, since the engine commits its events inside of hooks.
     *
     * @param skipped how many frames JFR leaves out by itself
     * @return how many frames it has to leave out
     */
    public static int skip(int point, int skipped) {
        if (!StallsightStates.mayHave(Thread.currentThread())) {
            return skipped; // the look-up would give each virtual thread a map of thread-locals
        }
        StallsightThread state = StallsightHook.begun();
        if (state == null) {
            return skipped;
        }
        if (state.isProving()) {
            StallsightPoints.prove(point);
        }
        return StallsightHook.agentWorksOn(state) ? skipped + state.hiddenFrames() : skipped;
    }
}
