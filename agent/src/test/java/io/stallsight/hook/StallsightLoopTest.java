package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loop that ticks fast is timed now and then only, and its long ticks are not missed. */
class StallsightLoopTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final RecordingEngine engine = new RecordingEngine();
    private final StallsightLoop loop = HookStates.loop();

    @BeforeEach
    void attach() {
        StallsightAgent.attach(engine, new byte[1]);
        StallsightHook.current().mustNotBlock(loop);
    }

    @AfterEach
    void detach() {
        StallsightAgent.detach();
    }

    private void end() {
        StallsightThread state = StallsightHook.current();
        StallsightLoops.beginWait(engine, state);
        state.idle().over = true;
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            loop.begin(0);
            end();
        }
    }

    private long timed() {
        long count = 0;
        for (int bucket = 0; bucket < StallsightHistogram.SIZE; bucket++) {
            count += loop.durations().count(bucket);
        }
        return count;
    }

    private void becomeFast() {
        tick(100_000);
        loop.pace(SECOND);
    }

    /** Ticks until the running one is not timed. */
    private void beginUntimed() {
        do {
            end();
            loop.begin(0);
        } while (loop.start() != 0);
    }

    @Test
    void waitForWorkAtTheEndOfATick_isNotPartOfIt() {
        loop.beginTimed(System.nanoTime() - SECOND);

        StallsightLoops.waited(StallsightHook.current(), SECOND);

        assertThat(loop.busy()).isLessThan(SECOND / 2);
        assertThat(loop.ticks()).isEqualTo(1);
        assertThat(loop.inTick()).as("the next one").isTrue();
        assertThat(System.nanoTime() - loop.start()).isLessThan(SECOND / 2);
    }

    @Test
    void waitForWork_inATickThatIsNotTimed_isNotPartOfIt() {
        becomeFast();
        beginUntimed();
        long busy = loop.busy();

        StallsightLoops.waited(StallsightHook.current(), SECOND);
        end();

        assertThat(loop.busy() - busy).isLessThan(SECOND / 2);
    }

    @Test
    void slowLoop_everyTickIsTimed() {
        tick(1_000);
        loop.pace(SECOND);
        for (int i = 0; i < 100; i++) {
            loop.begin(0);
            assertThat(loop.start()).isNotZero();
            end();
        }
        assertThat(timed()).isEqualTo(1_100);
        assertThat(loop.ticks()).isEqualTo(1_100);
    }

    @Test
    void fastLoop_timesSomeTicks_andCountsAll() {
        becomeFast();
        int timedOnes = 0;
        for (int i = 0; i < 10_000; i++) {
            loop.begin(0);
            assertThat(loop.inTick()).isTrue();
            timedOnes += loop.start() == 0 ? 0 : 1;
            end();
            assertThat(loop.inTick()).isFalse();
        }
        assertThat(loop.ticks()).isEqualTo(110_000);
        assertThat(timedOnes).isBetween(10_000 / 13, 10_000 / 4);
        // those that were not timed since the last one that was are not yet counted
        assertThat(timed()).isBetween(110_000L - 12, 110_000L);
    }

    /** Work comes now and then while the loop spins; each of it counts, whichever of the rounds are timed. */
    @Test
    void loopThatSpins_timesSomeRounds_andCountsThoseWithWork() {
        StallsightLoops.beginWait(engine, StallsightHook.current());
        StallsightHook.current().idle().over = true;
        for (int i = 0; i < 100_000; i++) {
            loop.begin(0);
            loop.endEmptyRound();
        }
        loop.pace(SECOND);
        long ticks = loop.ticks();
        int timedOnes = 0;
        for (int i = 0; i < 30_000; i++) {
            loop.begin(0);
            timedOnes += loop.start() == 0 ? 0 : 1;
            if (i % 3 == 0) {
                end();
            } else if (!loop.endEmptyRound()) {
                end();
                ticks++; // this machine was busy
            }
        }
        assertThat(loop.ticks() - ticks).isEqualTo(10_000);
        assertThat(timedOnes).isBetween(30_000 / 200, 30_000 / 10);
    }

    @Test
    void fastLoop_thatGoesOnWithoutWaiting_isCountedAsWell() {
        becomeFast();
        loop.begin(0);
        for (int i = 0; i < 10_000; i++) {
            StallsightLoops.nextTick(engine, StallsightHook.current(), loop);
        }
        assertThat(loop.ticks()).isEqualTo(110_000);
        assertThat(timed()).isBetween(110_000L - 12, 110_000L);
    }

    @Test
    void fastLoop_thatSlowsDown_isTimedAgain() {
        becomeFast();
        tick(10);
        loop.pace(SECOND);
        for (int i = 0; i < 20; i++) {
            loop.begin(0);
            assertThat(loop.start()).isNotZero();
            end();
        }
    }

    @Test
    void longTick_thatIsNotTimed_isMeasuredFromWhereTheWatchSawIt() {
        becomeFast();
        loop.setSlowNanos(100 * MILLI);
        beginUntimed();
        StallsightLoop.nextLook();
        long seen = System.nanoTime() - 200 * MILLI;
        loop.seen(seen);
        assertThat(loop.start()).isEqualTo(seen);
        StallsightLoop.nextLook();
        loop.seen(seen + 5 * MILLI);
        assertThat(loop.start()).as("the first look counts").isEqualTo(seen);
        end();
        assertThat(loop.start()).isZero();
        assertThat(engine.events.get(engine.events.size() - 1)).startsWith("slowTick 2");
        assertThat(loop.durations().highest()).isGreaterThanOrEqualTo(StallsightHistogram.bucket(200 * MILLI));
    }

    @Test
    void shortTick_thatTheWatchHappenedToSee_isNotMeasured() {
        becomeFast();
        int highest = loop.durations().highest();
        beginUntimed();
        StallsightLoop.nextLook();
        loop.seen(System.nanoTime() + 10_000 * MILLI); // short however long this test is kept from the CPU
        long before = timed();
        end();
        assertThat(timed()).isEqualTo(before);
        assertThat(loop.durations().highest()).isEqualTo(highest);
    }

    @Test
    void tickThatBeganAfterTheLook_isNotTakenForTheOneThatWasSeen() {
        becomeFast();
        beginUntimed();
        StallsightLoop.nextLook();
        loop.seen(System.nanoTime() - SECOND);
        end();
        beginUntimed();
        assertThat(loop.start()).isZero();
    }
}
