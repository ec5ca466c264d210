package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.thread.ThreadTimes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kernel's number is given here; each call takes 4 ms and the threshold is 1 ms, if a test says nothing else. */
class RunDelayTest {

    private static final int WRITE = 7;
    private static final int READ = 8;
    private static final long THRESHOLD = millis(1);

    private @Nullable ThreadTimes kernel = delayed(0);
    private final RunDelay delay = new RunDelay(() -> kernel);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static ThreadTimes delayed(long millis) {
        return new ThreadTimes(0, millis(millis), 0);
    }

    /** A call that began 60 ms after the last reading. */
    private boolean explains(int point, long millis) {
        return delay.explains(point, Kind.FILE, System.nanoTime() + millis(60), millis(millis), THRESHOLD);
    }

    /** A call at whose beginning the hook asks, and which had no CPU for some time. */
    private boolean explainsMeasured(int point, long millis, long withoutCpu) {
        if (delay.isMeasuring()) {
            delay.begins(point);
        }
        long start = System.nanoTime();
        kernel = delayed(TimeUnit.NANOSECONDS.toMillis(kernel.delay()) + withoutCpu);
        return delay.explains(point, Kind.FILE, start, millis(millis), THRESHOLD);
    }

    @Test
    void call_onAnIdleMachine_isReported() {
        assertThat(explains(WRITE, 4)).isFalse();
    }

    @Test
    void call_thatTheDelayMayExplain_isNotReported() {
        kernel = delayed(50);
        assertThat(explains(WRITE, 4)).isTrue();
        assertThat(delay.isMeasuring()).isTrue();
    }

    @Test
    void call_thatTheDelayExplainsInPart_isReported() {
        kernel = delayed(2);
        assertThat(explains(WRITE, 4)).isFalse();
    }

    @Test
    void callAfterOneInDoubt_thatReallyBlocks_isReported() {
        kernel = delayed(50);
        explains(WRITE, 4);
        assertThat(explainsMeasured(WRITE, 4, 0)).isFalse();
        assertThat(delay.isMeasuring()).isFalse();
    }

    @Test
    void callAfterOneInDoubt_thatLostItsCpu_isNotReported() {
        kernel = delayed(50);
        explains(WRITE, 4);
        assertThat(explainsMeasured(WRITE, 4, 4)).isTrue();
    }

    @Test
    void beginningOfAShortCall_isNotTakenForThatOfTheNext() {
        kernel = delayed(50);
        explains(WRITE, 4);
        delay.begins(WRITE); // shorter than the threshold: nobody asks at its end
        kernel = delayed(52);
        delay.seen(System.nanoTime(), kernel);
        assertThat(explainsMeasured(READ, 2, 0)).isFalse();
    }

    @Test
    void longCall_thatTheDelayMayExplain_isReported() {
        kernel = delayed(70);
        long start = System.nanoTime() + millis(60); // the delay may have been in the 60 ms before
        assertThat(delay.explains(WRITE, Kind.FILE, start, millis(60), THRESHOLD))
                .isFalse();
    }

    @Test
    void longCall_thatWasReadInTheMiddle_andHadNoCpuSince_isNotReported() {
        long start = System.nanoTime();
        delay.seen(System.nanoTime(), delayed(0));
        kernel = delayed(60);
        assertThat(delay.explains(WRITE, Kind.FILE, start - millis(1), millis(60), THRESHOLD))
                .isTrue();
    }

    @Test
    void wait_thatTheDelayMayExplain_isReported() {
        kernel = delayed(50);
        long start = System.nanoTime() + millis(60);
        assertThat(delay.explains(WRITE, Kind.JOIN, start, millis(4), THRESHOLD))
                .isFalse();
    }

    /** The watching thread lost its own CPU after it had read, and the loop's delay grew meanwhile. */
    @Test
    void readingThatTookLong_isTakenForItsBeginning() throws InterruptedException {
        kernel = delayed(20);
        long from = System.nanoTime();
        Thread.sleep(60);
        delay.seen(from, delayed(0));
        assertThat(delay.explains(WRITE, Kind.JOIN, from + millis(40), millis(15), THRESHOLD))
                .isFalse();
    }

    /** The kernel counts a delay when it is over: most of this one was before the reading. */
    @Test
    void wait_afterAReadingWithoutACpu_isReported() {
        long start = System.nanoTime() + millis(100);
        delay.seen(start - millis(100), delayed(0));
        delay.seen(start - millis(2), delayed(0)); // has been without a CPU for a while
        kernel = new ThreadTimes(0, millis(30), 1);
        assertThat(delay.explains(WRITE, Kind.SLEEP, start, millis(10), THRESHOLD))
                .isFalse();
    }

    /** The reading of the watching thread is older than that of the thread itself, which it would replace. */
    @Test
    void readingThatIsOutOfDate_isDropped() {
        long start = System.nanoTime();
        delay.seen(start - millis(50), delayed(0));
        kernel = new ThreadTimes(0, millis(30), 1);
        delay.explains(WRITE, Kind.SLEEP, start, millis(40), THRESHOLD); // the thread reads
        delay.seen(start - millis(1), delayed(0));
        assertThat(delay.explains(WRITE, Kind.SLEEP, System.nanoTime() + millis(20), millis(10), THRESHOLD))
                .isFalse();
    }

    /** The thread ran between the two readings of the watching thread, so no delay is older than the first. */
    @Test
    void shortWait_thatHadNoCpuForTheRest_isNotReported() {
        long start = System.nanoTime() + millis(20);
        delay.seen(start - millis(15), new ThreadTimes(0, 0, 1));
        delay.seen(start - millis(5), new ThreadTimes(0, 0, 2));
        kernel = new ThreadTimes(0, millis(60), 3);
        assertThat(delay.explains(WRITE, Kind.LOCK, start, millis(40), THRESHOLD))
                .isTrue();
    }

    @Test
    void oldReading_explainsNothing() {
        kernel = delayed(50);
        long later = System.nanoTime() + millis(2_000);
        assertThat(delay.explains(WRITE, Kind.FILE, later, millis(4), THRESHOLD))
                .isFalse();
    }

    @Test
    void thresholdOfZero_reportsEachCall() {
        kernel = delayed(50);
        assertThat(delay.explains(WRITE, Kind.FILE, System.nanoTime(), millis(4), 0))
                .isFalse();
    }

    @Test
    void unknownTimes_explainNothing() {
        RunDelay unknown = new RunDelay(() -> null);
        assertThat(unknown.explains(WRITE, Kind.FILE, System.nanoTime(), millis(4), THRESHOLD))
                .isFalse();
    }

    @Test
    void series_endsAfterAHundredCalls() {
        kernel = delayed(50);
        explains(WRITE, 4);
        for (int i = 0; i <= 100; i++) {
            delay.begins(WRITE);
        }
        assertThat(delay.isMeasuring()).isFalse();
    }
}
