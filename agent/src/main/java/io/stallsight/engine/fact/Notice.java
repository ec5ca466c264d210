package io.stallsight.engine.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact that outputs report in one line each time that it happens. Its words are made here, for every output. */
public sealed interface Notice extends Fact permits FanOut, Pinned, SelfDeadlock {

    /** The kinds of notices. */
    enum Type {
        FAN_OUT("fan-out"),
        PINNED("pinned"),
        SELF_DEADLOCK("self-deadlock");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As JSON has it. */
        public String word() {
            return word;
        }
    }

    Type type();

    /** The time that is shown; see {@link Fact}. */
    long shownAt();

    /** Name of the thread; empty if it is not known or there were several. */
    String threadName();

    /** The application frame to blame; null if none is known. */
    @Nullable
    StackTraceElement site();

    /** Innermost frame first. */
    List<StackTraceElement> stack();

    /** What happened, without its site. */
    String headline();

    /** The evidence; empty if the headline has all of it. */
    String details();

    /** What to do about it. */
    String fix();

    /** The request that the thread worked for. */
    default Request request() {
        return Request.UNKNOWN;
    }

    /** All in one line. */
    default String text() {
        return details().isEmpty() ? headline() : headline() + "; " + details();
    }
}
