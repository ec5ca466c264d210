package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Waits for work, in which no call is a blocking one. */
class StallsightLoopsTest extends HookFixture {

    @Test
    void call_atAnIdlePoint_isNotWatched() {
        StallsightSpan idle = StallsightLoops.idleEnter(IDLE);
        assertThat(idle).isNotNull();
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        StallsightLoops.idleExit(idle);
        call(CALL);
        assertThat(engine.reports).hasSize(1);
        assertNothingInProgress();
    }

    @Test
    void idlePoints_nest() {
        StallsightSpan outer = StallsightLoops.idleEnter(IDLE);
        StallsightSpan inner = StallsightLoops.idleEnter(LOOP);
        StallsightLoops.idleExit(inner);
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        StallsightLoops.idleExit(outer);
        assertThat(enter(CALL)).isNotEqualTo(StallsightCalls.NOT_WATCHED);
    }

    @Test
    void idlePoint_ofAThreadThatMayBlock_isOfNoInterest() {
        engine.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        assertThat(StallsightLoops.idleEnter(IDLE)).isNull();
    }

    @Test
    void loopsIdlePoint_makesTheThreadALoop() {
        engine.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        StallsightLoops.idleExit(StallsightLoops.idleEnter(LOOP));
        assertThat(engine.events).contains("loopSeen " + LOOP);
        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void loopsIdlePoint_ofAnExcludedThread_isOfNoInterest() {
        engine.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        StallsightHook.current().setExcluded(true);
        assertThat(StallsightLoops.idleEnter(LOOP)).isNull();
        assertThat(engine.events).doesNotContain("loopSeen " + LOOP);
    }

    @Test
    void engine_thatIsReplacedAtAnIdlePoint_watchesAfterIt() {
        RecordingEngine second = new RecordingEngine();
        StallsightSpan idle = StallsightLoops.idleEnter(IDLE);
        StallsightAgent.attach(second, FLAGS);
        StallsightLoops.idleExit(idle);
        call(CALL);
        assertThat(second.reports).hasSize(1);
        assertNothingInProgress();
    }

    /** A fork-join worker that finds its next task passes the point of a poll, which is the point of a take as well. */
    @Test
    void taskThatAPollTakes_isCountedOnce() {
        StallsightLoop loop = loopInTick();
        for (int i = 0; i < 6; i++) {
            StallsightLoops.poll(IDLE, new Object(), new Object());
        }
        assertThat(loop.tasks()).isEqualTo(6);
    }

    /** A dispatcher takes a mailbox and then runs it; the same mailbox comes again and again. */
    @Test
    void pieceThatWasTakenAndThenBegins_isCountedOnce() {
        StallsightLoop loop = loopInTick();
        Object mailbox = new Object();
        for (int i = 0; i < 6; i++) {
            StallsightTasks.take(IDLE, this, mailbox);
            StallsightLoops.poll(IDLE, mailbox, null);
        }
        assertThat(loop.tasks()).isEqualTo(6);
        StallsightLoops.poll(IDLE, mailbox, null);
        assertThat(loop.tasks()).isEqualTo(7);
    }

    private static StallsightLoop loopInTick() {
        StallsightLoops.idleExit(StallsightLoops.idleEnter(LOOP));
        StallsightLoop loop = HookStates.loop();
        StallsightHook.current().mustNotBlock(loop);
        HookStates.beginTick(loop, System.nanoTime());
        return loop;
    }
}
