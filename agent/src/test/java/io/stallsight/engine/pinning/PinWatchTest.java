package io.stallsight.engine.pinning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PinWatchTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration LASTED = Duration.ofMillis(80);

    private static Duration ago(Duration later) {
        return Duration.ofNanos(PinWatch.ago(START, LASTED, START.plus(later)));
    }

    @Test
    void ago_isTheAgeOfTheEvent() {
        assertThat(ago(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    /** A fact of the future would be the newest one for two days. */
    @Test
    void ago_afterTheClockWasSet_isNeitherInTheFutureNorLongAgo() {
        assertThat(ago(Duration.ofDays(-2))).isEqualTo(LASTED);
        assertThat(ago(Duration.ofDays(2))).isEqualTo(LASTED);
    }
}
