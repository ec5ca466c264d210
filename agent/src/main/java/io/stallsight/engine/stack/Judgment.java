package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.rule.FrameRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stack of a blocking call says about it. Immutable, but for what {@link ReportDepth} finds out once. */
public sealed interface Judgment {

    /** The rule that decided, or null if no rule is about a frame of the stack. */
    @Nullable
    FrameRule rule();

    /**
     * No rule allows the call.
     *
     * @param stack from the blocking API outwards, without frames of the agent
     * @param depth how many frames of the agent are between the call and its report
     */
    record Report(
            Naming.Name name,
            List<StackTraceElement> stack,
            @Nullable FrameRule rule,
            ReportDepth depth) implements Judgment {}

    /**
     * A rule allows the call. The rule is null if nothing but the agent is on the stack, or if the call waits for a
     * library's own lock, see {@link OwnLocks}.
     */
    record Allowed(@Nullable FrameRule rule) implements Judgment {}

    /** A rule allows the call, and the thread waits for work in it: of a loop it is idle time. */
    record WaitForWork(@Nullable FrameRule rule) implements Judgment {}
}
