package io.stallsight.engine.blockhound;

import io.stallsight.engine.detect.ThreadPolicy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which threads a builder means. One predicate tells which threads must not block; another one for which threads that
 * changes, so that the first is to be asked at each call.
 */
final class Predicates implements ThreadPolicy {

    private final Predicate<Thread> threads;
    private final Predicate<Thread> dynamic;
    private final Consumer<String> warnings;
    private final AtomicBoolean warned = new AtomicBoolean();

    Predicates(BuilderContents contents, Consumer<String> warnings) {
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

    /** The application's code: what it throws must not get in the way of the call that it is asked about. */
    private boolean test(Predicate<Thread> predicate, Thread thread) {
        try {
            return predicate.test(thread);
        } catch (Throwable t) {
            if (warned.compareAndSet(false, true)) {
                warnings.accept("a thread predicate of BlockHound failed on " + thread.getName() + " (" + t
                        + "); it counts as false"
                        + (t instanceof IllegalAccessError
                                ? ". Where BlockHound is not installed its integrations run as copies, which see public"
                                        + " classes only"
                                : ""));
            }
            return false;
        }
    }
}
