package io.stallsight.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * BlockHound in the measured JVM. Its callback does not throw, so that the call goes on. To be compared with a report
 * it makes the error that it would have thrown, with its stack trace; below the threshold, which BlockHound does not
 * have, the callback does nothing but count.
 */
final class BlockHoundSetup {

    private final Situation situation;
    private long callbacks;
    private long callbacksBefore;
    private @Nullable BlockingOperationError last;

    private BlockHoundSetup(Situation situation) {
        this.situation = situation;
    }

    /** Runs on the thread that measures. */
    static BlockHoundSetup install(Situation situation, HookedCalls calls) throws IOException {
        BlockHoundSetup setup = new BlockHoundSetup(situation);
        Thread worker = Thread.currentThread();
        BlockHound.Builder builder = BlockHound.builder()
                .nonBlockingThreadPredicate(
                        threads -> threads.or(thread -> situation != Situation.MAY_BLOCK && thread == worker))
                .blockingMethodCallback(situation == Situation.REPORTED ? setup::report : setup::count);
        if (situation == Situation.ALLOWED || situation == Situation.ALLOWED_BELOW_THRESHOLD) {
            for (var method : HookedCalls.class.getDeclaredMethods()) {
                builder.allowBlockingCallsInside(HookedCalls.class.getName(), method.getName());
            }
        }
        builder.install();
        // outside of the rule, to see that this thread is watched at all
        java.util.concurrent.locks.LockSupport.unpark(worker);
        java.util.concurrent.locks.LockSupport.park();
        if ((setup.callbacks > 0) != (situation != Situation.MAY_BLOCK)) {
            throw new IllegalStateException("BlockHound saw " + setup.callbacks + " blocking calls " + situation.title);
        }
        setup.callbacksBefore = setup.callbacks;
        return setup;
    }

    private void count(BlockingMethod method) {
        callbacks++;
    }

    private void report(BlockingMethod method) {
        callbacks++;
        last = new BlockingOperationError(method);
    }

    /** Fails if the measured calls were not what the situation says. */
    void verify() {
        boolean seen = callbacks > callbacksBefore + 1_000;
        boolean expected = situation == Situation.BELOW_THRESHOLD || situation == Situation.REPORTED;
        if (seen != expected) {
            throw new IllegalStateException("BlockHound saw " + callbacks + " blocking calls " + situation.title);
        }
    }
}
