package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.hook.RecordingEngine.Report;
import org.junit.jupiter.api.Test;

/** Scopes: calls that block only if a woven call inside does. */
class StallsightScopesTest extends HookFixture {

    @Test
    void scope_withoutABlockingCallInside_isNotReported() {
        call(SCOPE);
        assertThat(engine.reports).isEmpty();
        assertNothingInProgress();
    }

    @Test
    void scope_withBlockingCallsInside_isReportedOnce() {
        StallsightSpan token = enter(SCOPE);
        call(CALL);
        call(CALL);
        StallsightCalls.exit(token);
        assertThat(engine.reports).hasSize(1);
        assertThat(engine.reports.get(0).point()).isEqualTo(SCOPE);
        assertThat(engine.reports.get(0).inner()).isEqualTo(CALL);
    }

    @Test
    void scope_withinAScope_isNoBlockingCall() {
        StallsightSpan token = enter(SCOPE);
        call(SCOPE_REFUSED_INSIDE);
        StallsightCalls.exit(token);
        assertThat(engine.reports).isEmpty();
    }

    @Test
    void scope_withABlockingCallInAScopeInside_isReportedOnce() {
        StallsightSpan token = enter(SCOPE);
        StallsightSpan inside = enter(SCOPE);
        call(CALL);
        StallsightCalls.exit(inside);
        StallsightCalls.exit(token);
        assertThat(engine.reports).extracting(Report::point).containsExactly(SCOPE);
    }

    @Test
    void evidence_ofOneScope_isNotThatOfTheNext() {
        StallsightSpan token = enter(SCOPE);
        call(CALL);
        StallsightCalls.exit(token);
        call(SCOPE);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void scope_isRefusedAtItsBeginning() {
        engine.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(SCOPE)).isSameAs(engine.refusal);
        assertNothingInProgress();
    }

    @Test
    void scopeThatBlocksOnlySometimes_isNotRefusedAtItsBeginning() {
        engine.refusal = new AssertionError("refused");
        StallsightSpan token = enter(SCOPE_REFUSED_INSIDE);
        StallsightCalls.exit(token);
        assertThat(engine.events).doesNotContain("refuse " + SCOPE_REFUSED_INSIDE);
        assertThat(engine.reports).isEmpty();
        assertNothingInProgress();
    }

    @Test
    void scopeThatBlocksOnlySometimes_isRefusedWhenItBlocks() {
        StallsightSpan token = enter(SCOPE_REFUSED_INSIDE);
        engine.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(engine.refusal);
        StallsightCalls.exit(token);
        assertThat(engine.reports).isEmpty();
        assertNothingInProgress();
    }
}
