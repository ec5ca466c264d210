package io.stallsight.engine.thread;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions of a thread that must not wait, on a thread that may. The asking thread looks for the answer when
 * it comes by again. The answering thread starts with the first question, and sleeps while there is none. Questions
 * have one answer after the other; a call that hangs keeps the others waiting for a second, see {@link CallingThread}.
 */
public final class Questions {

    /** Further ones have no answer: it would come too late. */
    private static final int MAX_OPEN = 1_000;

    private final Queue<Question<?>> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Doorbell bell = new Doorbell();
    private final CallingThread thread = new CallingThread("ask", this::answerUntilStopped);
    private boolean started;
    private volatile boolean stopped;

    /** One question, and its answer as soon as there is one. */
    public static final class Question<T> {

        private @Nullable Supplier<T> of;
        private volatile @Nullable T answer;

        private Question(Supplier<T> of) {
            this.of = of;
        }

        /** Null if it is not known, and may never be. */
        public @Nullable T answer() {
            return answer;
        }

        private void find() {
            Supplier<T> found = of;
            of = null; // it refers to objects of the application
            if (found != null) {
                answer = found.get();
            }
        }
    }

    /**
     * Asks; by the watching thread only.
     *
     * @param of finds the answer
     */
    public <T> Question<T> ask(Supplier<T> of) {
        Question<T> question = new Question<>(of);
        if (size.get() < MAX_OPEN) {
            size.incrementAndGet();
            open.add(question);
            if (!started) {
                started = true;
                thread.start();
            }
            bell.ring();
        }
        return question;
    }

    /** The thread that answers, to be looked at. */
    public CallingThread thread() {
        return thread;
    }

    /** No question comes any more. */
    public void stop() throws InterruptedException {
        stopped = true;
        bell.ring();
        thread.stop();
    }

    private void answerUntilStopped() {
        while (!stopped) {
            Question<?> next = open.poll();
            if (next == null) {
                bell.await();
            } else {
                size.decrementAndGet();
                next.find();
            }
        }
    }
}
