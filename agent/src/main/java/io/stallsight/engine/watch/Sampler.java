package io.stallsight.engine.watch;

/** What one room does on the {@link SamplingThread}. It may wait for a lock, for example a pool's, but not for long. */
public interface Sampler {

    /**
     * Once an interval: what is reported as a rate or as a state at a moment.
     *
     * @param interval that ends now
     */
    default void sample(Interval interval) {}

    /**
     * Whether this room needs no {@link #step} before the next {@link #sample}: nothing goes on, and what may begin
     * wakes the sampling thread. Called by that thread after a step, and once more when it can be woken.
     */
    default boolean rests() {
        return true;
    }

    /**
     * About every {@value SamplingThread#STEP_MILLIS} ms while a room does not {@linkplain #rests rest} or the watching
     * thread follows something, and at the end of each interval; after {@link #sample} where both are due: what should
     * not wait for the end of an interval.
     *
     * @param now {@link System#nanoTime()}
     */
    default void step(long now) {}

    /** After the last step: reports what is kept back. */
    default void finish(long now) {}
}
