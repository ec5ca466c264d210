package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop waits for what only it can bring about, or for a loop that waits for it.
 *
 * @param start when the wait began; see {@link Fact}
 * @param nanos how long it has waited by now
 * @param threadId of the loop's thread, as {@code Thread.threadId()} has it
 * @param waitsFor class of the object that the call waits for
 * @param path how what the loop started leads to that object: names of classes
 * @param through name of the other loop of the cycle, null if the loop waits for itself
 * @param context for whom the loop works, 0 if it is not known; see {@link io.stallsight.hook.StallsightContexts}
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
        implements Fact {

    public String siteText() {
        return Frames.describe(site);
    }

    /** What to do about it. */
    public static final String FIX =
            "do not wait: return the Mono, Future or Uni, or compose it (flatMap, thenCompose)";

    private static final int SHOWN = 4;

    /** One line for people: of a long path, both ends. */
    public String explanation() {
        return "it waits for " + waitsFor + ", which only "
                + (through == null
                        ? "this loop can complete: "
                        : through + " can complete, and that one waits for it: ")
                + shortened();
    }

    private String shortened() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            if (path.size() > SHOWN && i == SHOWN / 2) {
                text.append(" -> ").append(path.size() - SHOWN).append(" more");
                i = path.size() - SHOWN / 2;
            }
            String name = path.get(i);
            text.append(i == 0 ? "" : " -> ").append(name.substring(name.lastIndexOf('.') + 1));
        }
        return text.toString();
    }
}
