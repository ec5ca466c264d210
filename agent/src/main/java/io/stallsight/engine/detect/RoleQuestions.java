package io.stallsight.engine.detect;

import io.stallsight.engine.thread.Questions;
import io.stallsight.engine.thread.Questions.Question;
import io.stallsight.hook.StallsightRole;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What threads that change their role do at the moment, for the watching thread, which must not wait for the methods of
 * the application that say so.
 *
 * <p>The first question about a thread has no answer yet. The watching thread asks again at its next look, some
 * milliseconds later, and gets the answer to the first question. An answer is good for {@value #MAX_AGE_MILLIS} ms.
 * That a method of the application hung is good for longer, so that it is not asked at each look. Used by the watching
 * thread only, which alone may ask.
 */
final class RoleQuestions {

    private static final int MAX_AGE_MILLIS = 30;
    private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(MAX_AGE_MILLIS);
    private static final long MAX_AGE_UNKNOWN = TimeUnit.SECONDS.toNanos(1);

    private record Asked(WeakReference<Thread> thread, long at, Question<Integer> question) {}

    private final ThreadClassifier classifier;
    private final Questions questions;
    private final List<Asked> all = new ArrayList<>();

    RoleQuestions(ThreadClassifier classifier, Questions questions) {
        this.classifier = classifier;
        this.questions = questions;
    }

    /**
     * Whether the thread may block.
     *
     * @param since an answer about an earlier moment does not count
     * @param now {@link System#nanoTime()}
     */
    MayBlock of(Thread thread, long since, long now) {
        if (classifier.knowsRoleAtOnce(thread)) {
            return mayBlock(classifier.roleNow(thread));
        }
        all.removeIf(asked -> now - asked.at >= MAX_AGE_UNKNOWN);
        Asked last = last(thread);
        if (last != null && last.at - since >= 0) {
            Integer role = last.question.answer();
            if (role == null) {
                return MayBlock.ASKED;
            }
            if (role == ThreadClassifier.UNKNOWN_ROLE || now - last.at < MAX_AGE) {
                return mayBlock(role);
            }
        }
        all.removeIf(asked -> asked.thread.refersTo(thread));
        all.add(new Asked(new WeakReference<>(thread), now, questions.ask(() -> classifier.roleNow(thread))));
        return MayBlock.ASKED;
    }

    /** The answer to the last question about the thread; null if there was none since that time. */
    @Nullable
    MayBlock known(Thread thread, long since) {
        Asked last = all.isEmpty() ? null : last(thread);
        if (last == null || last.at - since < 0) {
            return null;
        }
        Integer role = last.question.answer();
        return role == null ? MayBlock.ASKED : mayBlock(role);
    }

    private @Nullable Asked last(Thread thread) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).thread.refersTo(thread)) {
                return all.get(i);
            }
        }
        return null;
    }

    private static MayBlock mayBlock(int role) {
        return switch (role) {
            case ThreadClassifier.UNKNOWN_ROLE -> MayBlock.UNKNOWN;
            case StallsightRole.WORKS -> MayBlock.NO;
            default -> MayBlock.YES;
        };
    }
}
