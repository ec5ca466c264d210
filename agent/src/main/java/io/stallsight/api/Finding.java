package io.stallsight.api;

import io.stallsight.frame.FramePattern;
import io.stallsight.frame.Frames;
import io.stallsight.text.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A problem that the agent observed: a blocking call on a non-blocking thread, a loop that stood still, a pool that was
 * full.
 *
 * @param kind the kind of the blocking call; null if it is not a blocking call
 * @param what the call by the name that a developer knows ({@code PreparedStatement.executeQuery}), the cause of a
 *     stall, or the name of a pool
 * @param detail the operation inside of the call ({@code socket read 127.0.0.1:5432}), or the evidence; may be empty
 * @param duration measured; zero if the call was refused before it began
 * @param own the part of the duration for which code is to blame: of a stall without garbage collections, safepoints
 *     and time without a CPU, else all
 * @param thread the name of the thread that was blocked, empty for a pool
 * @param loopGroup thread names with their numbers folded, also UUIDs and hexadecimal ones:
 *     {@code reactor-http-epoll-#}
 * @param site the first application frame; null if no line is to blame
 * @param stack from the blocking API outwards, without frames of the agent
 * @param fix what usually helps, in one line; may be empty
 * @param fingerprint the same for the same call from the same method on the same loop group, whatever the line
 * @param request that the thread served, {@code GET /orders/{id}}, or that has handed on the work; empty if it is not
 *     known
 * @param traceId of the trace that the application's tracer had on the thread; empty if there was none
 * @param context the context of the thread, see {@link AgentLink}; 0 if it is unknown
 * @param state whether it is over
 * @param requested whether the thread must not block only because {@link AgentLink#watchThreads} names it
 */
public record Finding(
        Type type,
        @Nullable Kind kind,
        String what,
        String detail,
        Duration duration,
        Duration own,
        String thread,
        String loopGroup,
        @Nullable StackTraceElement site,
        List<StackTraceElement> stack,
        String fix,
        String fingerprint,
        String request,
        String traceId,
        long context,
        State state,
        boolean requested) {

    /** The types of findings. */
    public enum Type {
        /** A blocking call on a non-blocking thread. */
        BLOCKING_CALL,
        /** A loop that was late for longer than the threshold. */
        STALL,
        /** All workers of a pool were busy while tasks waited. */
        POOL_EXHAUSTED,
        /** A loop waits for something that only this loop can complete. */
        SELF_DEADLOCK
    }

    /** How far it went. */
    public enum State {
        /** It is over. */
        ENDED,
        /** It was in progress when it was reported. */
        ONGOING,
        /** It was refused: an error was thrown instead of the call. */
        REFUSED
    }

    /** {@code com.shop.Orders.find(Orders.java:57)}, which IDEs and terminals make clickable; empty without a site. */
    public String where() {
        return site == null ? "" : Frames.describe(site);
    }

    /** {@code com.shop.Orders#find}: the allow rule that silences it; empty without a site. */
    public String rule() {
        return site == null ? "" : Frames.rule(site);
    }

    /** One line: the call, the thread, the duration and the site. */
    public String headline() {
        return FindingText.headline(this) + (site == null ? "" : " at " + where());
    }

    /** Several lines for a person: the call, the site, the duration, the fix, and how to allow it. */
    public String describe() {
        return FindingText.block(this, 1, duration);
    }

    /** Whether the call is of one of these kinds. */
    public boolean isOf(Kind... kinds) {
        for (Kind each : kinds) {
            if (kind == each) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name of the blocked thread matches a pattern such as {@code reactor-http-*}. */
    public boolean isOnThread(String pattern) {
        return new Glob(pattern).matches(thread);
    }

    /**
     * Whether a frame of the stack matches a rule: {@code com.shop.Orders}, {@code com.shop.Orders#find},
     * {@code com.shop.**}, see {@link AllowRule}.
     *
     * @throws IllegalArgumentException if the rule has another form
     */
    public boolean isBelow(String rule) {
        FramePattern frames = FramePattern.parse(rule);
        return stack.stream().anyMatch(frames::covers);
    }

    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + headline();
    }
}
