package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop waits for an object that only the loop itself can complete, or a second loop that waits for the first.
 *
 * @param start when the wait began; see {@link Fact}
 * @param nanos how long it has waited by now
 * @param threadId of the loop's thread, as {@code Thread.threadId()} has it
 * @param waitsFor class of the object that the call waits for
 * @param path the references that lead from a task of the loop to that object: names of classes
 * @param through name of the other loop of the cycle, null if the loop waits for itself
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
        long context)
        implements Lasting, Notice {

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

    @Override
    public String headline() {
        return "it waits for " + waitsFor + ", which only "
                + (through == null
                        ? "this loop can complete: "
                        : through + " can complete, and that one waits for it: ")
                + shortened();
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
