package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread kept its carrier while it waited.
 *
 * @param name of the virtual thread; empty if it has none
 * @param threadId of the virtual thread, as {@code Thread.threadId()} has it
 * @param start see {@link Fact}
 * @param nanos how long
 * @param operation the call that waited, for example {@code LockSupport.park}; empty if the JDK does not report it
 * @param reason why the thread could not leave its carrier; empty if the JDK does not report it
 * @param site the application frame to blame; null if there is none
 * @param stack innermost frame first
 */
public record Pinned(
        String name,
        long threadId,
        long start,
        long nanos,
        String operation,
        String reason,
        @Nullable StackTraceElement site,
        List<StackTraceElement> stack)
        implements Lasting, Notice {

    @Override
    public Type type() {
        return Type.PINNED;
    }

    @Override
    public long shownAt() {
        return start;
    }

    /** A thread without a name is shown by its number. */
    @Override
    public String threadName() {
        return name.isEmpty() ? "#" + threadId : name;
    }

    @Override
    public String headline() {
        return "virtual thread " + threadName() + " kept its carrier for " + DurationText.of(nanos)
                + (operation.isEmpty() ? "" : " in " + operation);
    }

    @Override
    public String details() {
        return reason;
    }

    /** Where the reason is not known, it is most of the time a monitor: JDKs before 24 pin by these. */
    @Override
    public String fix() {
        return reason.isEmpty() || reason.startsWith("Monitor")
                ? "wait outside of synchronized, or use a ReentrantLock, or JDK 24 or later"
                : "do not wait in native code or in a static initialiser, or do it on a platform thread";
    }

    /** The site as people read it; empty if there is none. */
    public String siteText() {
        return site == null ? "" : Frames.describe(site);
    }
}
