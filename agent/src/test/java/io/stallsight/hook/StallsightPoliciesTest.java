package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies that are asked about calls, and the tools whose work is taken over. */
class StallsightPoliciesTest {

    private static final int ASKED = 1;
    private static final int CALL = 2;

    private final RecordingEngine handler = new RecordingEngine();

    @BeforeEach
    void install() {
        StallsightAgent.attach(handler, new byte[3]);
        StallsightThread.current().asked = 1;
        handler.events.clear();
    }

    @AfterEach
    void uninstall() {
        StallsightAgent.detach();
    }

    @Test
    void ask_onAThreadOfNoPolicy_isNotAsked() {
        StallsightThread.current().asked = StallsightThread.NOT_ASKED;

        assertThat(StallsightPolicies.ask(ASKED)).isFalse();
        assertThat(handler.events).isEmpty();
    }

    @Test
    void ask_ofAStandInThatNobodyAsksAbout_isNotAsked() {
        assertThat(StallsightPolicies.ask(0)).isFalse();
        assertThat(handler.events).isEmpty();
    }

    @Test
    void ask_whenRefused_throwsAndNothingIsInProgress() {
        IllegalStateException refusal = new IllegalStateException("no");
        handler.answer = state -> refusal;

        assertThatThrownBy(() -> StallsightPolicies.ask(ASKED)).isSameAs(refusal);

        assertThat(StallsightThread.current().call.point).isZero();
        assertThat(StallsightThread.current().guard).isZero();
    }

    @Test
    void ask_whileTheAgentWorks_isNotAsked() {
        StallsightThread work = StallsightHook.beginAgentWork();
        StallsightPolicies.ask(ASKED);
        StallsightHook.endAgentWork(work);

        assertThat(handler.events).isEmpty();
    }

    @Test
    void ask_whileTheThreadWaitsForWork_isNotAsked() {
        boolean idle = StallsightHook.idleEnter(CALL);
        StallsightPolicies.ask(ASKED);
        StallsightHook.idleExit(idle);

        assertThat(handler.events).doesNotContain("ask " + ASKED);
    }

    @Test
    void told_holdsForTheCallInside_andNotForTheNext() {
        handler.answer = state -> {
            state.call.told = true;
            return null;
        };

        boolean told = StallsightPolicies.ask(ASKED);
        long call = StallsightHook.enter(CALL, null, null);
        assertThat(StallsightThread.current().call.told).isTrue();
        StallsightHook.exit(call);
        StallsightPolicies.asked(told);

        assertThat(StallsightThread.current().call.told).isFalse();
    }

    @Test
    void told_insideOfACall_holdsToItsEnd() {
        handler.answer = state -> {
            state.call.told = true;
            return null;
        };

        long call = StallsightHook.enter(CALL, null, null);
        StallsightPolicies.asked(StallsightPolicies.ask(ASKED));
        assertThat(StallsightThread.current().call.told).isTrue();
        StallsightHook.exit(call);

        assertThat(StallsightThread.current().call.told).isFalse();
    }

    @Test
    void tells_ofAnotherTool_marksTheCallInProgressOnly() {
        StallsightPolicies.tells(ASKED);
        assertThat(StallsightThread.current().call.told).isFalse();

        long call = StallsightHook.enter(CALL, null, null);
        StallsightPolicies.tells(ASKED);
        assertThat(StallsightThread.current().call.told).isTrue();
        StallsightHook.exit(call);
    }

    @Test
    void takeOver_isTheEnginesDecision() {
        assertThat(StallsightPolicies.takeOver(ASKED, "tool")).isFalse();
        handler.takesOver = true;
        assertThat(StallsightPolicies.takeOver(ASKED, "tool")).isTrue();
        assertThat(handler.events).containsExactly("takeOver tool", "takeOver tool");
    }

    @Test
    void takeOver_withoutAnEngine_leavesTheToolAlone() {
        StallsightAgent.detach();

        assertThat(StallsightPolicies.takeOver(ASKED, "tool")).isFalse();
    }
}
