package io.stallsight.api;

import io.stallsight.frame.Fingerprint;
import io.stallsight.frame.Frames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads findings from the maps that the agent's {@code engine.control.Events} writes, key by key; both know only types
 * of the JDK.
 */
final class FindingReader {

    private FindingReader() {}

    /** Null for a type of finding that this version does not know. */
    static @Nullable Finding finding(Map<String, Object> event, Finding.State state) {
        return switch (text(event, "type")) {
            case "blockingCall" -> call(event, state);
            case "stall" -> stall(event);
            case "poolExhausted" -> pool(event);
            case "selfDeadlock" -> deadlock(event);
            default -> null;
        };
    }

    private static Finding call(Map<String, Object> event, Finding.State state) {
        Kind kind = Kind.valueOf(text(event, "kind"));
        return new Finding(
                Finding.Type.BLOCKING_CALL,
                kind,
                text(event, "api"),
                text(event, "detail"),
                Duration.ofNanos(number(event, "nanos")),
                Duration.ofNanos(number(event, "nanos")),
                text(event, "thread"),
                text(event, "loopGroup"),
                (StackTraceElement) event.get("site"),
                stack(event),
                "it " + kind.what() + "; " + text(event, "fix"),
                text(event, "fingerprint"),
                text(event, "request"),
                text(event, "traceId"),
                number(event, "context"),
                state,
                Boolean.TRUE.equals(event.get("requested")));
    }

    private static Finding stall(Map<String, Object> event) {
        StackTraceElement site = (StackTraceElement) event.get("site");
        String cause = text(event, "cause");
        String api = text(event, "api");
        return new Finding(
                Finding.Type.STALL,
                null,
                cause + (api.isEmpty() ? "" : " (" + api + ")"),
                text(event, "evidence"),
                Duration.ofNanos(number(event, "nanos")),
                Duration.ofNanos(number(event, "own")),
                text(event, "thread"),
                text(event, "loopGroup"),
                site,
                stack(event),
                text(event, "fix"),
                fingerprint("stall", cause, site, text(event, "loopGroup")),
                text(event, "request"),
                text(event, "traceId"),
                number(event, "context"),
                Boolean.TRUE.equals(event.get("ongoing")) ? Finding.State.ONGOING : Finding.State.ENDED,
                false);
    }

    private static Finding pool(Map<String, Object> event) {
        return new Finding(
                Finding.Type.POOL_EXHAUSTED,
                null,
                text(event, "pool"),
                text(event, "evidence"),
                Duration.ofNanos(number(event, "nanos")),
                Duration.ofNanos(number(event, "nanos")),
                "",
                text(event, "pool"),
                null,
                List.of(),
                text(event, "fix"),
                fingerprint("pool", text(event, "pool"), null, ""),
                "",
                "",
                0,
                Finding.State.ONGOING,
                false);
    }

    private static Finding deadlock(Map<String, Object> event) {
        StackTraceElement site = (StackTraceElement) event.get("site");
        return new Finding(
                Finding.Type.SELF_DEADLOCK,
                null,
                "self-deadlock",
                text(event, "evidence"),
                Duration.ofNanos(number(event, "nanos")),
                Duration.ofNanos(number(event, "nanos")),
                text(event, "thread"),
                text(event, "loopGroup"),
                site,
                stack(event),
                text(event, "fix"),
                fingerprint("deadlock", "", site, text(event, "loopGroup")),
                text(event, "request"),
                "",
                number(event, "context"),
                Finding.State.ONGOING,
                false);
    }

    private static String fingerprint(String type, String what, @Nullable StackTraceElement site, String group) {
        String method = site == null ? "" : site.getClassName() + "\n" + Frames.methodOf(site);
        return Fingerprint.of(type, what, method, group);
    }

    private static String text(Map<String, Object> event, String key) {
        return String.valueOf(event.getOrDefault(key, ""));
    }

    private static long number(Map<String, Object> event, String key) {
        return event.get(key) instanceof Number number ? number.longValue() : 0;
    }

    @SuppressWarnings("unchecked") // the other side is the agent's own
    private static List<StackTraceElement> stack(Map<String, Object> event) {
        return (List<StackTraceElement>) event.getOrDefault("stack", List.of());
    }
}
