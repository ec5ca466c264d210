package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A loop waits for an object that only the loop itself can complete, or a second loop that waits for the first. Or it
 * seems to: see {@link Certainty}.
 *
 * @param start when the wait began; see {@link Fact}
 * @param nanos how long it has waited by now
 * @param threadId of the loop's thread, as {@code Thread.threadId()} has it
 * @param waitsFor class of the object that the call waits for
 * @param path the references that lead from a task of the loop to that object: names of classes
 * @param through name of the other loop of the cycle, null if the loop waits for itself
 * @param certainty how sure that is
 * @param request that the loop serves
 * @param context the test or request that the loop works for, 0 if it is not known; see
 *     {@link io.stallsight.hook.StallsightContexts}
 */
public record SelfDeadlock(
        long start,
        long nanos,
        long threadId,
        String threadName,
        String loopGroup,
        StackTraceElement site,
        List<StackTraceElement> stack,
        String waitsFor,
        List<String> path,
        @Nullable String through,
        Certainty certainty,
        Request request,
        long context)
        implements Lasting, Notice {

    /** How sure it is that the wait is one for the loop itself. */
    public enum Certainty {
        /** Each object on the path is there to complete the next. */
        PROVEN,
        /** A task that waits for the loop refers to the object, and nobody has completed it for long. */
        SUSPECTED,
        /** It was reported as one of these, and another thread has completed the object. */
        WITHDRAWN;

        /** As events and JSON have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Proven if there is no such word: former versions only reported what was proven. */
        public static Certainty of(String word) {
            for (Certainty certainty : values()) {
                if (certainty.word().equals(word)) {
                    return certainty;
                }
            }
            return PROVEN;
        }
    }

    /** Of a longer path both ends are shown. */
    private static final int MAX_SHOWN = 4;

    @Override
    public Type type() {
        return Type.SELF_DEADLOCK;
    }

    @Override
    public long shownAt() {
        return time();
    }

    /** The same wait, which another thread has ended after {@code duration} nanoseconds. */
    public SelfDeadlock withdrawn(long duration) {
        return new SelfDeadlock(
                start,
                duration,
                threadId,
                threadName,
                loopGroup,
                site,
                stack,
                waitsFor,
                path,
                through,
                Certainty.WITHDRAWN,
                request,
                context);
    }

    /** Whether another fact is about the same wait. */
    public boolean isOfSameWait(SelfDeadlock other) {
        return start == other.start && threadId == other.threadId && threadName.equals(other.threadName);
    }

    @Override
    public String headline() {
        return switch (certainty) {
            case PROVEN ->
                "it waits for " + waitsFor + ", which only "
                        + (through == null
                                ? "this loop can complete: "
                                : through + " can complete, and that one waits for it: ")
                        + shortened();
            case SUSPECTED ->
                "it waits for " + waitsFor + ", and nobody has completed that so far; a task that "
                        + (through == null ? "this loop" : through + ", which waits for it,")
                        + " has to run refers to it, and may be the one that completes it: " + shortened();
            case WITHDRAWN ->
                "it waited for " + waitsFor + ", which another thread has completed: it was no self-deadlock";
        };
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public String fix() {
        return "do not wait: return the Mono, Future or Uni, or compose it (flatMap, thenCompose)";
    }

    public String siteText() {
        return Frames.describe(site);
    }

    private String shortened() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            if (path.size() > MAX_SHOWN && i == MAX_SHOWN / 2) {
                text.append(" -> ").append(path.size() - MAX_SHOWN).append(" more");
                i = path.size() - MAX_SHOWN / 2;
            }
            String name = path.get(i);
            text.append(i == 0 ? "" : " -> ").append(name.substring(name.lastIndexOf('.') + 1));
        }
        return text.toString();
    }
}
