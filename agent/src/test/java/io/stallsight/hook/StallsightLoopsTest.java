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

    @Test
    void emptyPoll_ofALoopWhoseTasksAreSeen_letsTheWatchSleepUntilATask() {
        loopInTick();
        StallsightLoops.loopBegin(LOOP);
        StallsightTasks.take(IDLE, this, new Object());

        poll(0);
        assertThat(StallsightWatch.isAsleep()).as("asleep after an empty poll").isTrue();
        StallsightTasks.take(IDLE, this, new Object());
        assertThat(StallsightWatch.isAsleep()).as("asleep when a task begins").isFalse();
    }

    @Test
    void pollWithEvents_wakesTheWatch() {
        loopInTick();
        StallsightLoops.loopBegin(LOOP);
        StallsightTasks.take(IDLE, this, new Object());

        poll(1);
        assertThat(StallsightWatch.isAsleep()).isFalse();
    }

    /** A hand-written loop on the worker of a pool: the pool's task is the loop, and what that does is not seen. */
    @Test
    void emptyPoll_ofALoopThatRunsInATask_wakesTheWatch() {
        loopInTick();
        StallsightTasks.take(IDLE, this, new Object());

        poll(0);
        assertThat(StallsightWatch.isAsleep()).isFalse();
    }

    /** As a loop that spins does: what it finds nothing in is a part of its wait. */
    @Test
    void roundWithoutWork_isNoTick() {
        StallsightLoop loop = loopInTick();
        round(1);
        long ticks = loop.ticks();

        for (int i = 0; i < 1_000; i++) {
            round(0);
            assertThat(loop.inTick()).as("in a tick after the wait").isTrue();
        }

        assertThat(loop.ticks() - ticks)
                .as("those in which this machine was busy")
                .isLessThan(10);
        assertNothingInProgress();
    }

    @Test
    void roundWithWork_isATick() {
        StallsightLoop loop = loopInTick();
        round(0);
        long ticks = loop.ticks();

        round(3);
        round(1);
        round(0);

        assertThat(loop.ticks()).isEqualTo(ticks + 2);
    }

    /** A handler that fails says that it did nothing, as does one that counts something else. */
    @Test
    void roundWithoutWork_thatTookLong_isATick() {
        StallsightLoop loop = loopInTick();
        round(0);
        loop.beginTimed(System.nanoTime() - 1_000_000_000L);

        round(0);

        assertThat(loop.busy()).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void roundWithoutWork_thatBlocked_isATick() {
        StallsightLoop loop = loopInTick();
        round(0);
        long ticks = loop.ticks();
        loop.tick().addBlocked(1_000_000L);

        round(0);

        assertThat(loop.ticks()).isEqualTo(ticks + 1);
        assertThat(loop.tick().blocked()).isZero();
    }

    @Test
    void callBetweenTwoRounds_isNotWatched() {
        loopInTick();
        round(0);

        StallsightSpan idle = StallsightLoops.roundIdleEnter(IDLE, 0);
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        idle.over = true;
        StallsightLoops.roundIdleExit(idle);

        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void round_thatEndsNowhere_isATick() {
        StallsightLoop loop = loopInTick();
        StallsightLoops.round(IDLE);
        long ticks = loop.ticks();

        StallsightLoops.round(IDLE);
        StallsightLoops.round(IDLE);

        assertThat(loop.ticks()).isEqualTo(ticks + 2);
    }

    @Test
    void round_afterAWait_hasBegunAlready() {
        StallsightLoop loop = loopInTick();
        round(1);
        long ticks = loop.ticks();

        StallsightLoops.round(IDLE);

        assertThat(loop.ticks()).isEqualTo(ticks);
    }

    /** The file that says whether the poll has waited would be read at each tick from then on. */
    @Test
    void slowTick_ofALoopWhoseWaitsAreNotCounted_awaitsNoPoll() {
        StallsightLoop loop = loopInTick();
        loop.tick().addBlocked(1_000_000_000L);

        StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));

        assertThat(loop.tick().waiters().awaitsPoll()).isFalse();
    }

    private static void round(int work) {
        StallsightSpan idle = StallsightLoops.roundIdleEnter(IDLE, work);
        assertThat(idle).isNotNull();
        idle.over = true; // as woven code does
        StallsightLoops.roundIdleExit(idle);
    }

    private static void poll(int ready) {
        StallsightSpan idle = StallsightLoops.idleEnter(LOOP);
        StallsightWatch.fallAsleep();
        StallsightLoops.countIdleExit(idle, ready);
    }

    private static StallsightLoop loopInTick() {
        StallsightLoops.idleExit(StallsightLoops.idleEnter(LOOP));
        StallsightLoop loop = HookStates.loop();
        StallsightHook.current().mustNotBlock(loop);
        HookStates.beginTick(loop, System.nanoTime());
        return loop;
    }

    /** As cats-effect does: a fiber that blocks makes its thread a blocker, and another thread takes over. */
    @Test
    void dynamicThread_thatIsLent_isNoLoopUntilItIsOneAgain() {
        StallsightLoop loop = loopInTick();
        StallsightHook.current().setDynamic(true);
        long ticks = loop.ticks();
        engine.role = StallsightRole.LENT;

        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(loop.inTick()).as("in a tick").isFalse();
        assertThat(loop.ticks()).isEqualTo(ticks + 1);
        StallsightLoops.poll(IDLE, new Object(), null);
        StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));
        assertThat(loop.inTick()).as("in a tick while it is lent").isFalse();

        engine.role = StallsightRole.WORKS;
        StallsightLoops.poll(IDLE, new Object(), null);
        assertThat(loop.inTick()).as("in a tick again").isTrue();
        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void dynamicThread_thatLeavesItsLoop_endsItsTickThere() {
        StallsightLoop loop = loopInTick();
        StallsightHook.current().setDynamic(true);

        StallsightLoops.loopEnd(IDLE);

        assertThat(loop.inTick()).isFalse();
    }

    /** As a worker of ZIO does, which parks in its run method, where no idle point can be woven. */
    @Test
    void dynamicThread_thatWaitsForWork_isIdleInItsCall() {
        StallsightLoop loop = loopInTick();
        StallsightThread state = StallsightHook.current();
        state.setDynamic(true);
        engine.role = StallsightRole.WAITS;

        StallsightSpan span = enter(CALL);
        assertThat(state.isIdle()).isTrue();
        assertThat(loop.inTick()).isFalse();
        engine.role = StallsightRole.WORKS;
        StallsightCalls.exit(span);

        assertThat(state.isIdle()).isFalse();
        assertThat(loop.inTick()).as("in a tick after the wait").isTrue();
        assertThat(engine.reports).isEmpty();
        assertNothingInProgress();
    }

    /** BlockHound lets the call happen, but nobody takes over from the loop. */
    @Test
    void dynamicThread_thatAToolLetsBlock_staysInItsTick() {
        StallsightLoop loop = loopInTick();
        StallsightHook.current().setDynamic(true);
        engine.role = StallsightRole.MAY_BLOCK;

        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);

        assertThat(loop.inTick()).isTrue();
    }
}
