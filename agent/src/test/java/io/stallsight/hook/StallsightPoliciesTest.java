package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies that are asked about calls, and tools whose work the engine takes over. */
class StallsightPoliciesTest {

    private static final int POLICY = 1;
    private static final int CALL = 2;

    private final RecordingEngine engine = new RecordingEngine();

    @BeforeEach
    void attach() {
        StallsightAgent.attach(engine, new byte[3]);
        StallsightHook.current().setPolicies(1);
        engine.events.clear();
    }

    @AfterEach
    void detach() {
        StallsightAgent.detach();
    }

    @Test
    void policyEnter_onAThreadWithoutAPolicy_asksNone() {
        StallsightHook.current().setPolicies(StallsightThread.NO_POLICIES);

        assertThat(StallsightPolicies.policyEnter(POLICY)).isFalse();
        assertThat(engine.events).isEmpty();
    }

    @Test
    void policyEnter_ofAStandInThatNoPolicyNames_asksNone() {
        assertThat(StallsightPolicies.policyEnter(0)).isFalse();
        assertThat(engine.events).isEmpty();
    }

    @Test
    void policyEnter_whenRefused_throwsAndNothingIsInProgress() {
        IllegalStateException refusal = new IllegalStateException("no");
        engine.answer = state -> refusal;

        assertThatThrownBy(() -> StallsightPolicies.policyEnter(POLICY)).isSameAs(refusal);

        assertThat(StallsightHook.current().call().point()).isZero();
        assertThat(StallsightHook.current().agentWork.over).isTrue();
    }

    @Test
    void policyEnter_whileTheAgentWorks_asksNone() {
        StallsightSpan work = StallsightHook.beginAgentWork();
        StallsightPolicies.policyEnter(POLICY);
        StallsightHook.endAgentWork(work);

        assertThat(engine.events).isEmpty();
    }

    @Test
    void policyEnter_whileTheThreadWaitsForWork_asksNone() {
        StallsightSpan idle = StallsightLoops.idleEnter(CALL);
        StallsightPolicies.policyEnter(POLICY);
        StallsightLoops.idleExit(idle);

        assertThat(engine.events).doesNotContain("ask " + POLICY);
    }

    @Test
    void report_holdsForTheCallInside_andNotForTheNext() {
        engine.answer = state -> {
            state.call().markReported();
            return null;
        };

        boolean reported = StallsightPolicies.policyEnter(POLICY);
        StallsightSpan call = StallsightCalls.enter(CALL, null, null);
        assertThat(StallsightHook.current().call().isReported()).isTrue();
        StallsightCalls.exit(call);
        StallsightPolicies.policyExit(reported);

        assertThat(StallsightHook.current().call().isReported()).isFalse();
    }

    @Test
    void report_insideOfACall_holdsToItsEnd() {
        engine.answer = state -> {
            state.call().markReported();
            return null;
        };

        StallsightSpan call = StallsightCalls.enter(CALL, null, null);
        StallsightPolicies.policyExit(StallsightPolicies.policyEnter(POLICY));
        assertThat(StallsightHook.current().call().isReported()).isTrue();
        StallsightCalls.exit(call);

        assertThat(StallsightHook.current().call().isReported()).isFalse();
    }

    @Test
    void toolReport_marksTheCallInProgressOnly() {
        StallsightPolicies.toolReport(POLICY);
        assertThat(StallsightHook.current().call().isReported()).isFalse();

        StallsightSpan call = StallsightCalls.enter(CALL, null, null);
        StallsightPolicies.toolReport(POLICY);
        assertThat(StallsightHook.current().call().isReported()).isTrue();
        StallsightCalls.exit(call);
    }

    @Test
    void toolInstall_isTheEnginesDecision() {
        assertThat(StallsightPolicies.toolInstall(POLICY, "tool")).isFalse();
        engine.takesOver = true;
        assertThat(StallsightPolicies.toolInstall(POLICY, "tool")).isTrue();
        assertThat(engine.events).containsExactly("takeOver tool", "takeOver tool");
    }

    @Test
    void toolInstall_withoutAnEngine_leavesTheToolAlone() {
        StallsightAgent.detach();

        assertThat(StallsightPolicies.toolInstall(POLICY, "tool")).isFalse();
    }
}
