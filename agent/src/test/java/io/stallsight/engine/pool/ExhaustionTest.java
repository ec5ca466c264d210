package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When an exhaustion begins, is reported again, and ends; times are made up. */
class ExhaustionTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long THRESHOLD = 1_000 * MILLI;

    private final Exhaustion exhaustion = new Exhaustion(THRESHOLD);

    private Exhaustion.Next look(long millis, long ageMillis) {
        long now = millis * MILLI;
        Exhaustion.Next next = exhaustion.look(now, now, ageMillis * MILLI);
        if (next == Exhaustion.Next.REPORT) {
            exhaustion.reported(report(), now);
        } else if (next == Exhaustion.Next.END) {
            exhaustion.end();
        }
        return next;
    }

    private static PoolExhaustion report() {
        return new PoolExhaustion(
                1,
                "work-#",
                "Pool",
                PoolKind.THREADS,
                0,
                0,
                2,
                2,
                2,
                7,
                -1,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                2,
                true,
                PoolObstacle.WAITING);
    }

    @Test
    void begins_atTheThreshold_andIsReportedEveryTenSeconds() {
        assertThat(look(0, 999)).isEqualTo(Exhaustion.Next.NOTHING);
        assertThat(look(1, 1_000)).isEqualTo(Exhaustion.Next.REPORT);
        assertThat(look(9_900, 8_000)).isEqualTo(Exhaustion.Next.NOTHING);
        assertThat(look(10_001, 8_000)).isEqualTo(Exhaustion.Next.REPORT);
    }

    @Test
    void ageThatSwingsAroundTheThreshold_isOneExhaustion() {
        int reports = 0;
        for (int i = 0; i < 90; i++) {
            assertThat(look(i * 100, i % 2 == 0 ? 1_100 : 600)).isNotEqualTo(Exhaustion.Next.END);
            reports += exhaustion.isGoingOn() ? 1 : 0;
        }
        assertThat(reports).isEqualTo(90);
    }

    /** A pool of few slow tasks: each time that one is begun, the next has only just come. */
    @Test
    void queueThatIsEmptiedAndFillsAtOnce_isOneExhaustion() {
        look(0, 1_000);
        for (int i = 1; i < 300; i++) {
            assertThat(look(i * 100, i * 100 % 3_000)).isNotEqualTo(Exhaustion.Next.END);
        }
    }

    @Test
    void ends_afterAThresholdWithoutAnOldTask() {
        look(0, 2_000);
        assertThat(look(100, 499)).isEqualTo(Exhaustion.Next.NOTHING);
        assertThat(look(999, 0)).isEqualTo(Exhaustion.Next.NOTHING);
        assertThat(look(1_000, 0)).isEqualTo(Exhaustion.Next.END);
        assertThat(look(1_100, 999)).isEqualTo(Exhaustion.Next.NOTHING);
        assertThat(look(1_200, 1_000)).isEqualTo(Exhaustion.Next.REPORT);
    }

    @Test
    void refuted_isLookedAtAgainLater() {
        exhaustion.refuted(0);
        assertThat(look(900, 5_000)).isEqualTo(Exhaustion.Next.NOTHING);
        assertThat(look(1_000, 5_000)).isEqualTo(Exhaustion.Next.REPORT);
    }
}
