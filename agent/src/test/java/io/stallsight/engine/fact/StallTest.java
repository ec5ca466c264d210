package io.stallsight.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found out about a stall after its end. */
class StallTest {

    private static final int TASKS = 240;

    private static Stall waiting(long waiting) {
        return new Stall(
                1,
                2,
                "loop-1",
                "loop-#",
                3,
                4,
                false,
                Cause.MANY_SMALL_TASKS,
                Map.of(Cause.MANY_SMALL_TASKS, 4L),
                null,
                null,
                10,
                9,
                false,
                List.of(),
                null,
                null,
                List.of(),
                5,
                6,
                TASKS,
                List.of("com.shop.Orders.find"),
                List.of(),
                waiting,
                "detail",
                Request.named("GET /orders/{id}"),
                Victims.NONE,
                7);
    }

    @Test
    void whatWaited_isAllThatChanges() {
        Victims victims = new Victims(List.of(new Victim("GET /hello", 2, 0, 0)), Histogram.EMPTY);
        Stall before = waiting(3);
        Stall after = before.with(victims, 20);

        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("victims", "waiting")
                .isEqualTo(before);
        assertThat(after.victims()).isEqualTo(victims);
        assertThat(after.waiting()).isEqualTo(23);
    }

    @Test
    void queueThatIsNotKnown_addsNothing() {
        assertThat(waiting(3).with(Victims.NONE, -1).waiting()).isEqualTo(3);
        assertThat(waiting(-1).with(Victims.NONE, -1).waiting()).isEqualTo(-1);
        assertThat(waiting(-1).with(Victims.NONE, 0).waiting()).isZero();
    }
}
