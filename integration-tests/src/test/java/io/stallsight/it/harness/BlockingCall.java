package io.stallsight.it.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One {@code stallsight.BlockingCall} event. A text that the event lacks is empty. {@code stack} is that of JFR, or the
 * field of that name if the call was published elsewhere.
 */
public record BlockingCall(
        Instant start,
        Duration duration,
        @Nullable String thread,
        String kind,
        String api,
        String site,
        String loopGroup,
        String fingerprint,
        String detail,
        String request,
        List<Frame> stack) {

    /** A Java frame, innermost first in {@link #stack}. */
    public record Frame(String type, String method, int line) {

        /** As {@code app.Main.handle:42}. */
        @Override
        public String toString() {
            return type + "." + method + ":" + line;
        }
    }

    public Instant end() {
        return start.plus(duration);
    }

    /** The innermost frame that matches. */
    public Optional<Frame> frame(Predicate<Frame> wanted) {
        return stack.stream().filter(wanted).findFirst();
    }

    /** One line, for tables and failure messages. */
    @Override
    public String toString() {
        return "%s %s %s at %s, %.1f ms on %s%s [%s]"
                .formatted(
                        kind,
                        api,
                        detail.isEmpty() ? "" : "(" + detail + ")",
                        site,
                        duration.toNanos() / 1e6,
                        thread,
                        loopGroup.isEmpty() ? "" : " of " + loopGroup,
                        fingerprint);
    }
}
