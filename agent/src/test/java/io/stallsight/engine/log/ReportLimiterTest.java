package io.stallsight.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReportLimiterTest {

    private static final long START = 17 * ReportLimiter.PERIOD;

    private final AtomicInteger limits = new AtomicInteger();
    private final ReportLimiter limiter = new ReportLimiter(limits::incrementAndGet);

    @Test
    void key_isAllowedOnceAMinute_afterAnyNumberOfOtherKeys() {
        long now = START;
        for (int minute = 0; minute < 100; minute++) {
            for (int i = 0; i < 50; i++) {
                assertThat(limiter.allows("key " + minute + " " + i, now)).isTrue();
            }
            now += ReportLimiter.PERIOD;
        }
        assertThat(limiter.allows("late", now)).isTrue();
        assertThat(limiter.allows("late", now + 1)).as("after 5,000 other keys").isFalse();
        assertThat(limiter.allows("late", now + ReportLimiter.PERIOD)).isTrue();
    }

    @Test
    void limit_isSaidOnceAMinute() {
        for (int i = 0; i < 200; i++) {
            limiter.allows(START);
        }
        assertThat(limits).hasValue(1);
        for (int i = 0; i < 200; i++) {
            limiter.allows(START + ReportLimiter.PERIOD);
        }
        assertThat(limits).hasValue(2);
    }
}
