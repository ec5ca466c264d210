package io.stallsight.engine.stall;

/**
 * The pauses of the JVM that made no difference to a stall.
 *
 * <p>A loop that waits for a database does not wait longer because of a garbage collection in the meantime, unless the
 * answer came during the collection. So a pause counts as covered if the thread was in a blocking call (or waited for a
 * monitor) before the pause, and is still in the same one {@value #STILL_IN_CALL_MILLIS} ms after it. A call that ends
 * sooner may have been made longer by the pause, which then counts. Used by the watching thread.
 */
final class CoveredPauses {

    /** Stands for the begin of a wait for a monitor, whose begin is not known. */
    static final long IN_MONITOR = 1;

    private static final int STILL_IN_CALL_MILLIS = 20;
    private static final long STILL_IN_CALL = STILL_IN_CALL_MILLIS * 1_000_000L;

    private Pauses.Sum covered = Pauses.Sum.NONE;

    /** Of pauses in the present call, which may yet end too soon. */
    private Pauses.Sum uncertain = Pauses.Sum.NONE;

    private long inPausedCall;
    private long pauseSeen;
    private long lastCall;

    /**
     * One look at the thread; times are {@link System#nanoTime()}.
     *
     * @param pause that has ended since the last look, or {@link Pauses.Sum#NONE}
     * @param call when the thread's blocking call began, or {@link #IN_MONITOR}; 0 if it is in none
     * @param isFirst whether this is the first look
     */
    void look(Pauses.Sum pause, long call, long now, boolean isFirst) {
        if (call != inPausedCall) {
            uncertain = Pauses.Sum.NONE;
            inPausedCall = 0;
        } else if (inPausedCall != 0 && now - pauseSeen >= STILL_IN_CALL) {
            covered = covered.plus(uncertain);
            uncertain = Pauses.Sum.NONE;
            inPausedCall = 0;
        }
        boolean before = call == IN_MONITOR
                ? lastCall == IN_MONITOR || isFirst
                : call != 0 && call - (now - pause.total() / 2) < 0;
        if (pause.total() > 0 && before) {
            uncertain = uncertain.plus(pause);
            inPausedCall = call;
            pauseSeen = now;
        }
        lastCall = call;
    }

    Pauses.Sum sum() {
        return covered;
    }
}
