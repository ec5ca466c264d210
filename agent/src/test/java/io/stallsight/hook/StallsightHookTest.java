package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.RecordingEngine.Report;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What all hooks have in common: the re-entrancy guard, errors of the agent, proofs, and engines that come and go. */
class StallsightHookTest extends HookFixture {

    @Test
    void workOfTheAgent_isNotWatched() {
        StallsightSpan work = StallsightHook.beginAgentWork();
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(StallsightLoops.idleEnter(IDLE)).isNull();
        assertThat(StallsightSelectors.selectEnter(SELECT, new Object(), -1)).isEqualTo(StallsightCalls.NOT_WATCHED);
        StallsightHook.endAgentWork(work);
        assertThat(enter(CALL)).isNotEqualTo(StallsightCalls.NOT_WATCHED);
    }

    @Test
    void workOfTheEngine_isNotWatched() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void exited(StallsightThread state, long nanos) {
                        call(OTHER_CALL);
                        engine.exited(state, nanos);
                    }
                },
                FLAGS);
        call(CALL);
        assertThat(engine.reports).extracting(Report::point).containsExactly(CALL);
    }

    @Test
    void error_atTheBeginningOfACall_isCounted() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public Throwable refuse(StallsightThread state) {
                        throw new IllegalStateException("broken");
                    }
                },
                FLAGS);
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(errors()).isEqualTo(1);
        assertNothingInProgress();
    }

    @Test
    void error_atTheEndOfACall_isCounted() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void exited(StallsightThread state, long nanos) {
                        throw new IllegalStateException("broken");
                    }
                },
                FLAGS);
        call(CALL);
        assertThat(errors()).isEqualTo(1);
        assertNothingInProgress();
    }

    @Test
    void error_inClassification_isCounted() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void classify(StallsightThread state) {
                        throw new StackOverflowError();
                    }
                },
                FLAGS);
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(errors()).isPositive();
    }

    @Test
    void error_inAFormerAttach_isRemembered() {
        StallsightErrors.suppress(new IllegalStateException("first"));
        assertThat(StallsightErrors.first()).isNotNull();
        assertThat(errors()).isEqualTo(1);
    }

    @Test
    void error_isKeptAsText() throws InterruptedException {
        WeakReference<Throwable> error = new WeakReference<>(new IllegalStateException("any"));
        StallsightErrors.suppress(error.get());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!error.refersTo(null) && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(5);
        }
        assertThat(error.get())
                .as("its stack trace refers to classes of the application")
                .isNull();
    }

    @Test
    void engine_thatIsReplacedDuringACall_leavesNothingBehind() {
        RecordingEngine second = new RecordingEngine();
        StallsightSpan token = enter(CALL);
        StallsightAgent.attach(second, FLAGS);
        StallsightCalls.exit(token);

        assertThat(engine.reports).isEmpty();
        assertThat(second.reports).as("it did not see the beginning").isEmpty();
        call(OTHER_CALL);
        assertThat(second.reports).extracting(Report::point).containsExactly(OTHER_CALL);
        assertNothingInProgress();
    }

    @Test
    void engine_thatIsReplacedDuringACall_seesTheInnerCall() {
        RecordingEngine second = new RecordingEngine();
        StallsightSpan token = enter(CALL);
        StallsightAgent.attach(second, FLAGS);
        call(OTHER_CALL);
        StallsightCalls.exit(token);
        assertThat(second.reports).extracting(Report::point).containsExactly(OTHER_CALL);
        assertNothingInProgress();
    }

    @Test
    void engine_thatLeavesDuringACall_isNotCalled() {
        StallsightSpan token = enter(CALL);
        StallsightAgent.detach();
        StallsightCalls.exit(token);
        assertThat(engine.reports).isEmpty();
        assertThat(errors()).isZero();
    }

    @Test
    void proofs_areRecordedForTheProvingThreadOnly() {
        boolean[] proofs = new boolean[FLAGS.length];
        StallsightPoints.recordProofs(proofs);
        call(CALL);
        assertThat(proofs[CALL]).isFalse();
        StallsightHook.current().setProving(true);
        try {
            call(CALL);
            StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));
            assertThat(proofs[CALL]).isTrue();
            assertThat(proofs[IDLE]).isTrue();
            assertThat(proofs[OTHER_CALL]).isFalse();
        } finally {
            StallsightHook.current().setProving(false);
        }
    }
}
