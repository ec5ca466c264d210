package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.hook.StallsightHistogram;
import io.stallsight.hook.StallsightQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Counts NONE = periods();

    private final Arrivals arrivals = new Arrivals();
    private final double[] counts = new double[Histogram.BOUNDS + 1];
    private double sum;

    private static Counts periods(long... millis) {
        Counts counts = new Counts();
        for (long each : millis) {
            counts.add(StallsightHistogram.bucket(TimeUnit.MILLISECONDS.toNanos(each)), 1);
        }
        return counts;
    }

    private void interval(Counts ticks, long runningMillis) {
        interval(ticks, runningMillis, null);
    }

    private void interval(Counts ticks, long runningMillis, Counts waits) {
        Histogram next = arrivals.next(ticks, TimeUnit.MILLISECONDS.toNanos(runningMillis), SECOND, waits);
        for (int i = 0; i < counts.length; i++) {
            assertThat(next.count(i)).isNotNegative();
            counts[i] += next.count(i);
        }
        sum += next.sum();
    }

    private double all() {
        double all = 0;
        for (double count : counts) {
            all += count;
        }
        return all;
    }

    /** Arrivals that waited longer than this power of two, in nanoseconds. */
    private double longerThan(long bound) {
        double longer = 0;
        for (int i = Histogram.bucketOf(bound); i < counts.length; i++) {
            longer += counts[i];
        }
        return longer;
    }

    @Test
    void idleLoop_letsNobodyWait() {
        interval(NONE, 0);

        assertThat(counts[0]).isEqualTo(1_000);
        assertThat(sum).isZero();
    }

    @Test
    void tick_isWaitedForByThoseThatArriveInIt() {
        interval(periods(400), 0);

        assertThat(all()).isEqualTo(1_000);
        assertThat(longerThan(1L << 28)).isCloseTo(400 - 268, within(12.0)); // the tick's bucket is 6 % wide
        assertThat(longerThan(1L << 27)).isCloseTo(400 - 134, within(12.0));
        assertThat(longerThan(1L << 29)).isZero();
        assertThat(sum).isCloseTo(400 * 200e6, within(400 * 200e6 * 0.06));
    }

    @Test
    void longTick_countsOnce_whenItEnds() {
        interval(NONE, 500);
        assertThat(all()).isEqualTo(500);
        interval(NONE, 1_500);
        interval(NONE, 2_500);
        assertThat(all()).isEqualTo(500);
        interval(periods(3_000), 0);

        assertThat(all()).isCloseTo(4_000, within(1e-6));
        assertThat(longerThan(1L << 31)).isCloseTo(3_000 - 2_147, within(90.0));
    }

    @Test
    void tickWithoutEnd_countsAsTimePasses_andNotAgainAtItsEnd() {
        for (int second = 1; second <= 40; second++) {
            interval(NONE, 1_000L * second);
        }
        double beyond = longerThan(1L << 34);
        assertThat(beyond).isCloseTo(40_000 - 17_180, within(1.0));

        interval(periods(40_500), 0);

        assertThat(all()).isCloseTo(41_000, within(1e-6));
        assertThat(longerThan(1L << 34)).isCloseTo(40_500 - 17_180, within(40_500 * 0.03));
        assertThat(longerThan(1L << 33)).isCloseTo(40_500 - 8_590, within(40_500 * 0.03));
        assertThat(sum).isGreaterThan(0);
    }

    @Test
    void ticksOfMoreTimeThanHasPassed_areScaledDown() {
        interval(periods(600, 600), 0);

        assertThat(all()).isCloseTo(1_000, within(1e-6));
        assertThat(longerThan(1L << 29)).isCloseTo(2 * (600 - 537) / 1.2, within(40.0));
    }

    @Test
    void longWaitInTheQueue_hasAsManyArrivalsBehindIt_asATickOfThatLength() {
        interval(periods(1, 1, 1), 0, NONE);
        interval(periods(1, 1, 1), 0, NONE);
        interval(periods(1, 1, 1), 0, periods(3_000)); // a backlog that grew over three intervals

        assertThat(longerThan(1L << 31)).isCloseTo(3_000 - 2_147, within(90.0));
        assertThat(longerThan(1L << 30)).isCloseTo(3_000 - 1_074, within(90.0));
    }

    @Test
    void waitsInTheQueue_countByTheirShare_asAWakeUpTakesTimeToo() {
        Counts waits = periods(4, 4, 4); // no tick is long, and each measured task waits for the thread
        interval(periods(1, 1, 1), 0, waits);

        assertThat(all()).isCloseTo(1_000, within(1e-6));
        assertThat(longerThan(1L << 20)).isGreaterThan(700);
        assertThat(longerThan(1L << 22)).isLessThan(250);
        assertThat(sum / all()).isBetween(2e6, 3e6);
    }

    @Test
    void shortWaits_outweighAFewLongOnes() {
        Counts waits = periods(4);
        waits.add(StallsightHistogram.bucket(50_000), 100);
        interval(NONE, 0, waits);

        assertThat(longerThan(1L << 20)).isBetween(0.5, 3.0);
    }

    @Test
    void quantileOfManyIntervals_isThatOfAllArrivals() {
        for (int i = 0; i < 99; i++) {
            interval(periods(1), 0);
        }
        interval(periods(900), 0);

        // of 100 s, 0.9 s are in the long tick: the worst percent waits for a part of it
        assertThat(longerThan(1L << 29)).isCloseTo(900 - 537, within(27.0));
        assertThat(all()).isCloseTo(100_000, within(1e-3));
    }

    @Test
    void measuredDurations_areCountedAsTheyAre() {
        Histogram of = Arrivals.ofAll(periods(1, 1, 400));

        assertThat(of.count(Histogram.bucketOf(1_000_000))).isEqualTo(2);
        assertThat(of.count(Histogram.bucketOf(400_000_000))).isEqualTo(1);
        assertThat(of.sum()).isCloseTo(402e6, within(402e6 * 0.03));
    }

    @Test
    void shortWait_standsForTheTasksThatWereNotLookedAt() {
        Counts waits = new Counts();
        waits.add(StallsightHistogram.bucket(50_000), 3);
        Histogram of = Arrivals.ofSampled(waits);

        assertThat(of.count(0)).isEqualTo(3 * (1 + StallsightQueue.SKIP));
    }

    @Test
    void longWait_standsForThoseThatQueuedBehindIt() {
        Histogram of = Arrivals.ofSampled(periods(400));
        double all = 0;
        for (int i = 0; i <= Histogram.BOUNDS; i++) {
            all += of.count(i);
        }

        assertThat(all).isCloseTo(401, within(12.0));
        assertThat(of.count(Histogram.bucketOf(400_000_000))).isCloseTo(1 + 400 - 268, within(12.0));
        assertThat(of.sum()).isCloseTo(400 * 200e6 + 400e6, within(400 * 200e6 * 0.06));
    }
}
