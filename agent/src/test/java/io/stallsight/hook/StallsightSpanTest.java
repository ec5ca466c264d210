package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.RecordingEngine.Report;
import org.junit.jupiter.api.Test;

/**
 * Hooks at the end of woven methods that overflow the stack: only what the woven method does in its own frame happens.
 */
class StallsightSpanTest extends HookFixture {

    /** A woven method that ends where the stack is full: it writes the end, and its hook does not run. */
    private static void endWithoutHook(StallsightSpan span) {
        span.over = true;
    }

    @Test
    void call_afterOneWhoseEndWasLost_isWatched() {
        endWithoutHook(enter(CALL));
        call(OTHER_CALL);
        assertThat(engine.reports).extracting(Report::point).containsExactly(OTHER_CALL);
        assertNothingInProgress();
    }

    @Test
    void call_whoseEndWasLost_leavesNoDetail() {
        StallsightSpan lost = enter(CALL);
        StallsightCalls.exit(StallsightCalls.enter(OTHER_CALL, "self", "subject"));
        endWithoutHook(lost);
        call(CALL);
        assertThat(engine.reports).extracting(Report::inner).containsExactly(0);
    }

    @Test
    void innerCall_afterOneWhoseEndWasLost_isTheDetail() {
        StallsightSpan outer = enter(SCOPE);
        endWithoutHook(enter(OTHER_CALL));
        call(CALL);
        StallsightCalls.exit(outer);
        assertThat(engine.reports).extracting(Report::inner).containsExactly(CALL);
    }

    @Test
    void call_afterClassLoadingWhoseEndWasLost_isWatched() {
        endWithoutHook(StallsightCalls.quietEnter(OTHER_CALL));
        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void call_afterAWaitForWorkWhoseEndWasLost_isWatched() {
        endWithoutHook(StallsightLoops.idleEnter(IDLE));
        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void idlePoint_putsRightACallThatNeverEnded() {
        enter(CALL);
        StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));
        call(OTHER_CALL);
        assertThat(engine.reports).extracting(Report::point).containsExactly(OTHER_CALL);
    }

    @Test
    void poll_putsRightClassLoadingThatNeverEnded() {
        StallsightCalls.quietEnter(OTHER_CALL);
        StallsightLoops.poll(LOOP, new Object(), null);
        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void poll_insideOfACall_keepsIt() {
        StallsightSpan scope = enter(CALL);
        StallsightLoops.poll(LOOP, new Object(), null);
        StallsightCalls.exit(scope);
        assertThat(engine.reports).extracting(Report::point).containsExactly(CALL);
    }

    @Test
    void classification_thatOverflows_isRepeated() {
        int[] times = {0};
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void classify(StallsightThread state) {
                        if (times[0]++ == 0) {
                            throw new StackOverflowError();
                        }
                        super.classify(state);
                    }
                },
                FLAGS);
        assertThat(enter(CALL)).isNull();
        assertThat(enter(CALL)).as("watched").isNotNull();
    }
}
