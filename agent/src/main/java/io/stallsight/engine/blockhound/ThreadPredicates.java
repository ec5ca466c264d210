package io.stallsight.engine.blockhound;

import io.stallsight.engine.detect.ThreadPolicy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The thread predicates of a builder, as a policy of the engine. The first predicate accepts threads that must not
 * block. The second one accepts dynamic threads: for them, the result of the first one changes, so it is evaluated at
 * each call.
 */
final class ThreadPredicates implements ThreadPolicy {

    private final Predicate<Thread> threads;
    private final Predicate<Thread> dynamic;
    private final Consumer<String> warnings;
    private final AtomicBoolean warned = new AtomicBoolean();

    ThreadPredicates(BuilderContents contents, Consumer<String> warnings) {
        this.threads = contents.threads();
        this.dynamic = contents.dynamic();
        this.warnings = warnings;
    }

    @Override
    public Answer about(Thread thread) {
        if (test(dynamic, thread)) {
            return Answer.DYNAMIC;
        }
        return test(threads, thread) ? Answer.NON_BLOCKING : Answer.NOTHING;
    }

    @Override
    public boolean nonBlockingNow(Thread thread) {
        return test(threads, thread);
    }

    /** The predicate is code of the application. If it throws, the blocking call must still run. */
    private boolean test(Predicate<Thread> predicate, Thread thread) {
        try {
            return predicate.test(thread);
        } catch (Throwable t) {
            if (warned.compareAndSet(false, true)) {
                warnings.accept("a thread predicate of BlockHound failed on " + thread.getName() + " (" + t
                        + "); it counts as false"
                        + (t instanceof IllegalAccessError
                                ? ". Without BlockHound, Stallsight runs copies of its integrations, and a copy can access"
                                        + " only public classes"
                                : ""));
            }
            return false;
        }
    }
}
