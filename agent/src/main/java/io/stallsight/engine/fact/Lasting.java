package io.stallsight.engine.fact;

/** A fact that has a beginning and a duration. */
public sealed interface Lasting extends Fact permits BlockingCall, Pinned, PoolExhaustion, SelfDeadlock, Stall {

    /** When it began; see {@link Fact}. */
    long start();

    /** How long it took, or has taken so far; nanoseconds. */
    long nanos();

    /** Its end, or until when it is known to have gone on. */
    @Override
    default long time() {
        return start() + nanos();
    }
}
