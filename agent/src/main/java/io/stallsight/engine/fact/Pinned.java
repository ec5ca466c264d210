package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread kept its carrier while it waited.
 *
 * @param threadName of the virtual thread; empty if it has none
 * @param threadId of the virtual thread, as {@code Thread.threadId()} has it
 * @param start see {@link Fact}
 * @param nanos how long
 * @param operation what waited, for example {@code LockSupport.park}; empty if the JDK does not tell
 * @param reason why the thread could not leave its carrier
 * @param site the application frame to blame; null if there is none
 * @param stack innermost frame first
 */
public record Pinned(
        String threadName,
        long threadId,
        long start,
        long nanos,
        String operation,
        String reason,
        @Nullable StackTraceElement site,
        List<StackTraceElement> stack)
        implements Fact {

    /** What to do about it. */
    public String fix() {
        return fix(reason);
    }

    /** The same, by the reason alone. */
    public static String fix(String reason) {
        return reason.startsWith("Monitor")
                ? "wait outside of synchronized, or use a ReentrantLock, or JDK 24 or later"
                : "do not wait in native code or in a static initialiser, or do it on a platform thread";
    }

    /** The site as people read it; empty if there is none. */
    public String siteText() {
        return site == null ? "" : Frames.describe(site);
    }
}
