package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stallsight.hook.StallsightHistogram;
import io.stallsight.hook.StallsightQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The arithmetic of lag. Durations are rounded to buckets of 6 %. */
class LagTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final double BUCKET = 4; // percent that the middle of a bucket may be off

    private static Counts counts(long... durations) {
        StallsightHistogram counts = new StallsightHistogram();
        for (long duration : durations) {
            counts.add(duration);
        }
        return counts(counts);
    }

    private static Counts counts(StallsightHistogram of) {
        Counts counts = new Counts();
        counts.add(of, null);
        return counts;
    }

    private static Counts repeated(int times, long duration) {
        long[] durations = new long[times];
        java.util.Arrays.fill(durations, duration);
        return counts(durations);
    }

    @Test
    void ofTicks_idleLoop_nobodyWaits() {
        Lag lag = Lag.ofTicks(counts(), 0, SECOND);

        assertThat(lag.quantile(0.5)).isZero();
        assertThat(lag.quantile(0.99)).isZero();
        assertThat(lag.max()).isZero();
    }

    @Test
    void ofTicks_oneTickAsLongAsTheInterval_halfOfThoseWhoComeWaitLongerThanHalfOfIt() {
        Lag lag = Lag.ofTicks(counts(3 * SECOND), 0, 3 * SECOND);

        assertThat(lag.quantile(0.5)).isCloseTo(1_500 * MILLI, withinPercentage(BUCKET));
        assertThat(lag.quantile(0.9)).isCloseTo(2_700 * MILLI, withinPercentage(BUCKET));
        assertThat(lag.max()).isCloseTo(3 * SECOND, withinPercentage(BUCKET));
    }

    @Test
    void ofTicks_runningTick_countsWithItsExactAge() {
        Lag lag = Lag.ofTicks(counts(), 3 * SECOND, SECOND);

        assertThat(lag.max()).isEqualTo(3 * SECOND);
        assertThat(lag.quantile(0.5)).isCloseTo(1_500 * MILLI, withinPercentage(0.1));
    }

    @Test
    void ofTicks_busyForATenth_onlyATenthOfThoseWhoComeWait() {
        Lag lag = Lag.ofTicks(repeated(10, 10 * MILLI), 0, SECOND);

        assertThat(lag.quantile(0.5)).isZero();
        assertThat(lag.quantile(0.89)).isZero();
        // 1 % of a second is 10 ms: ten ticks are each exceeded by the last millisecond's arrivals
        assertThat(lag.quantile(0.99)).isCloseTo(9 * MILLI, withinPercentage(2 * BUCKET));
        assertThat(lag.max()).isCloseTo(10 * MILLI, withinPercentage(BUCKET));
    }

    @Test
    void ofTicks_oneLongTickAmongShortOnes_isTheMaximumButNotTheMedian() {
        StallsightHistogram counts = new StallsightHistogram();
        for (int i = 0; i < 800; i++) {
            counts.add(MILLI);
        }
        counts.add(200 * MILLI);

        Lag lag = Lag.ofTicks(counts(counts), 0, SECOND);

        assertThat(lag.quantile(0.5)).isLessThan(MILLI);
        assertThat(lag.quantile(0.9)).isCloseTo(100 * MILLI, withinPercentage(2 * BUCKET));
        assertThat(lag.max()).isCloseTo(200 * MILLI, withinPercentage(BUCKET));
    }

    @Test
    void ofTicks_quantiles_neverDecrease() {
        Lag lag = Lag.ofTicks(counts(MILLI, 5 * MILLI, 300 * MILLI, 2 * MILLI), 40 * MILLI, SECOND);

        long last = 0;
        for (double quantile = 0.01; quantile < 1; quantile += 0.01) {
            assertThat(lag.quantile(quantile)).isBetween(last, lag.max());
            last = lag.quantile(quantile);
        }
    }

    @Test
    void ofWaits_oneLongWait_standsForThoseThatQueuedBehind() {
        Lag lag = Lag.ofWaits(counts(TimeUnit.SECONDS.toNanos(1)), 0);

        assertThat(lag.max()).isCloseTo(SECOND, withinPercentage(BUCKET));
        assertThat(lag.quantile(0.5)).isCloseTo(SECOND / 2, withinPercentage(BUCKET));
    }

    @Test
    void ofWaits_shortWaits_outweighALongerOne() {
        // each stands for the tasks that were not looked at after it
        int shortWaits = 2 * 1_000 / (1 + StallsightQueue.SKIP);
        StallsightHistogram counts = new StallsightHistogram();
        for (int i = 0; i < shortWaits; i++) {
            counts.add(10_000);
        }
        counts.add(SECOND);

        assertThat(Lag.ofWaits(counts(counts), 0).quantile(0.5)).isLessThan(MILLI);
        assertThat(Lag.ofWaits(counts(counts), 0).quantile(0.99)).isGreaterThan(900 * MILLI);
    }

    @Test
    void ofWaits_taskThatStillWaits_countsWithItsAge() {
        assertThat(Lag.ofWaits(counts(), 700 * MILLI).max()).isEqualTo(700 * MILLI);
    }
}
