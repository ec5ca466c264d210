package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Selects, which are idle time of a loop or a blocking call. */
class StallsightSelectorsTest extends HookFixture {

    /** A worker that runs blocking tasks too, such as one of Dispatchers.IO, may wait in a selector then. */
    @Test
    void dynamicThread_isAskedAtEachSelect() {
        StallsightHook.current().setDynamic(true);
        StallsightSpan token = StallsightSelectors.selectEnter(SELECT, new Object(), -1);
        assertThat(token).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(engine.events).contains("roleNow");
    }

    @Test
    void selectNow_isNotWatched() {
        assertThat(StallsightSelectors.selectEnter(SELECT, new Object(), 0)).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(engine.events).doesNotContain("selecting");
    }

    @Test
    void select_insideOfACall_isItsDetail() {
        Object selector = new Object();
        StallsightSpan token = enter(SCOPE);
        StallsightSelectors.selectExit(StallsightSelectors.selectEnter(SELECT, selector, -1), selector, 1);
        StallsightCalls.exit(token);
        assertThat(engine.reports).hasSize(1);
        assertThat(engine.reports.get(0).inner()).isEqualTo(SELECT);
        assertThat(engine.reports.get(0).innerSelf()).isSameAs(selector);
        assertThat(engine.events).doesNotContain("selecting", "selected");
    }

    @Test
    void select_isRefused() {
        engine.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> StallsightSelectors.selectEnter(SELECT, new Object(), -1))
                .isSameAs(engine.refusal);
        assertNothingInProgress();
    }
}
