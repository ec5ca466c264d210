package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopBudgetTest {

    private final AtomicLong clock = new AtomicLong();
    private final StopBudget budget = new StopBudget(10, clock::get);

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void pay(long millis) {
        budget.pay(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void level_stopsOfOnePercent_staysFull() {
        for (int i = 0; i < 1_000; i++) {
            pass(100);
            pay(1);
            assertThat(budget.level()).isEqualTo(StopBudget.Level.FULL);
        }
    }

    @Test
    void level_stopsOfTwoPercent_endsAtNothing() {
        for (int i = 0; i < 100; i++) {
            pass(100);
            pay(2);
        }
        assertThat(budget.level()).isEqualTo(StopBudget.Level.EMPTY);
    }

    @Test
    void level_afterALongRest_isFullAndNotMore() {
        pay(10);
        pay(10);
        pay(10);
        assertThat(budget.level()).isEqualTo(StopBudget.Level.LOW);

        pass(3_600_000);
        assertThat(budget.level()).isEqualTo(StopBudget.Level.FULL);

        for (int i = 0; i < 5; i++) {
            pay(10);
        }
        assertThat(budget.level()).isEqualTo(StopBudget.Level.EMPTY);
    }

    @Test
    void level_oneStopOfAnHour_isNotPaidForHours() {
        pay(3_600_000);
        assertThat(budget.level()).isEqualTo(StopBudget.Level.FULL);
    }
}
