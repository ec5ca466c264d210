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
     * About every {@value SamplingThread#STEP_MILLIS} ms, after {@link #sample} where both are due: what should not
     * wait for the end of an interval.
     *
     * @param now {@link System#nanoTime()}
     */
    default void step(long now) {}

    /** After the last step: reports what is kept back. */
    default void finish(long now) {}
}
