package io.stallsight.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * BlockHound in the measured JVM. Its callback does not throw, so that the call goes on. To compare it with a report,
 * the callback creates the error that BlockHound would have thrown. BlockHound has no threshold: where Stallsight only
 * measures, the callback only counts, which is the least that it can do.
 */
final class BlockHoundSetup {

    private final Situation situation;
    private long callbacks;
    private long callbacksBefore;
    private @Nullable Object last;

    private BlockHoundSetup(Situation situation) {
        this.situation = situation;
    }

    /** Runs on the measuring thread. */
    static BlockHoundSetup install(Situation situation) {
        BlockHoundSetup setup = new BlockHoundSetup(situation);
        Thread worker = Thread.currentThread();
        BlockHound.Builder builder = BlockHound.builder()
                .nonBlockingThreadPredicate(
                        threads -> threads.or(thread -> situation != Situation.MAY_BLOCK && thread == worker))
                .blockingMethodCallback(setup.callback());
        if (situation == Situation.ALLOWED) {
            for (var method : HookedCalls.class.getDeclaredMethods()) {
                builder.allowBlockingCallsInside(HookedCalls.class.getName(), method.getName());
            }
        }
        builder.install();
        // outside of the rule: proves that BlockHound watches this thread
        LockSupport.unpark(worker);
        LockSupport.park();
        if ((setup.callbacks > 0) != (situation != Situation.MAY_BLOCK)) {
            throw new IllegalStateException(
                    "BlockHound saw " + setup.callbacks + " blocking calls: " + situation.title);
        }
        setup.callbacksBefore = setup.callbacks;
        return setup;
    }

    private Consumer<BlockingMethod> callback() {
        return switch (situation) {
            case REPORTED ->
                method -> {
                    callbacks++;
                    last = new BlockingOperationError(method);
                };
            case BLAMED ->
                method -> {
                    callbacks++;
                    last = callerOf(new BlockingOperationError(method));
                };
            default -> method -> callbacks++;
        };
    }

    private static @Nullable StackTraceElement callerOf(BlockingOperationError error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().startsWith("io.stallsight.")
                    && !frame.getClassName().startsWith(BlockHoundSetup.class.getName())) {
                return frame;
            }
        }
        return null; // JMH's own waiting on this thread
    }

    /** Fails if the measured calls do not match the situation. */
    void verify() {
        boolean seen = callbacks > callbacksBefore + 1_000;
        boolean expected = situation != Situation.MAY_BLOCK && situation != Situation.ALLOWED;
        if (seen != expected) {
            throw new IllegalStateException(
                    "BlockHound saw " + callbacks + " blocking calls, the last " + last + ": " + situation.title);
        }
    }
}
