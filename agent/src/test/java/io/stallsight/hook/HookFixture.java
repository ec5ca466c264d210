package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A thread that must not block, and an engine that records what the hooks report. Tests play the woven methods. */
abstract class HookFixture {

    static final int CALL = 1;
    static final int OTHER_CALL = 2;
    static final int SCOPE = 3;
    static final int CHANNEL_CALL = 4;
    static final int IDLE = 5;
    static final int LOOP = 6;
    static final int SCOPE_REFUSED_INSIDE = 7;
    static final int SELECT = 8;

    static final byte[] FLAGS = {
        0,
        0,
        0,
        StallsightPoints.SCOPE,
        StallsightPoints.IF_BLOCKING_MODE,
        0,
        StallsightPoints.LOOP,
        StallsightPoints.SCOPE | StallsightPoints.REFUSE_INSIDE,
        0
    };

    final RecordingEngine engine = new RecordingEngine();
    private long errorsBefore;

    @BeforeEach
    void attach() {
        StallsightContexts.stop(); // a pool that another class ran dry has requests followed
        errorsBefore = StallsightErrors.suppressed();
        StallsightAgent.attach(engine, FLAGS);
    }

    @AfterEach
    void detach() {
        StallsightAgent.detach();
    }

    long errors() {
        return StallsightErrors.suppressed() - errorsBefore;
    }

    static StallsightSpan enter(int point) {
        return StallsightCalls.enter(point, null, null);
    }

    /** A woven method that does nothing. */
    static void call(int point) {
        StallsightCalls.exit(enter(point));
    }

    static void assertNothingInProgress() {
        StallsightThread state = StallsightHook.current();
        assertThat(state.call().point()).isZero();
        assertThat(state.call().self()).isNull();
        assertThat(state.call().subject()).isNull();
        assertThat(state.call().inner()).isZero();
        assertThat(state.call().innerSelf()).isNull();
        assertThat(state.agentWork.over).isTrue();
        assertThat(state.isIdle()).isFalse();
    }
}
