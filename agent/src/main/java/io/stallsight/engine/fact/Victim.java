package io.stallsight.engine.fact;

import io.stallsight.text.DurationText;

/**
 * Requests of one name that stood still behind a stall.
 *
 * @param request their name, as that of {@link Request}
 * @param count how many there were
 * @param measured how many of these have a known {@code lost}
 * @param lost time from when they came, or the stall began, until the loop began to serve them: of the {@code measured}
 *     ones together, nanoseconds
 */
public record Victim(String request, int count, int measured, long lost) {

    /** {@code 36 GET /hello lost 2.7 s}, for people. */
    public String text() {
        if (measured == 0) {
            return count + " " + request;
        }
        return count + " " + request + (measured < count ? " lost at least " : " lost ") + DurationText.of(lost);
    }
}
