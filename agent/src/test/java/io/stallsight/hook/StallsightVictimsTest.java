package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requests that stood still behind a slow tick. */
class StallsightVictimsTest {

    private static final String HELLO = "GET /hello";
    private static final String ORDER = "GET /orders/{id}";
    private static final long SLOW_END = 4_711;

    private final StallsightVictims victims = new StallsightVictims();

    private List<String> of(long end) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < victims.size(end); i++) {
            all.add(victims.count(end, i) + " " + victims.name(end, i));
        }
        return all;
    }

    @Test
    void requestsServedLate_andInTheNextTick_areThoseOfTheSlowTick() {
        victims.late(HELLO);
        victims.tickEnds(SLOW_END);
        assertThat(victims.isCounted(SLOW_END)).isFalse();
        victims.waited(ORDER);
        victims.waited(HELLO);
        victims.tickEnds(0);

        assertThat(victims.isCounted(SLOW_END)).isTrue();
        assertThat(of(SLOW_END)).containsExactly("2 GET /hello", "1 GET /orders/{id}");
        assertThat(of(SLOW_END + 1)).isEmpty();
    }

    @Test
    void requestsServedLate_inATickThatIsNotSlow_areDropped() {
        victims.late(HELLO);
        victims.tickEnds(0);
        victims.tickEnds(SLOW_END);
        victims.tickEnds(0);

        assertThat(of(SLOW_END)).isEmpty();
    }

    @Test
    void requestsOfTheLastSlowTick_areNotThoseOfTheNext() {
        victims.tickEnds(SLOW_END);
        victims.waited(HELLO);
        victims.late(ORDER);
        victims.tickEnds(2 * SLOW_END);
        victims.tickEnds(0);

        assertThat(of(2 * SLOW_END)).containsExactly("1 GET /orders/{id}");
        assertThat(of(SLOW_END)).containsExactly("1 GET /hello");
    }

    @Test
    void moreNames_areOne() {
        victims.tickEnds(SLOW_END);
        for (int i = 0; i < StallsightVictims.MAX_ROUTES + 5; i++) {
            victims.waited("GET /" + i);
        }
        victims.tickEnds(0);

        assertThat(of(SLOW_END))
                .hasSize(StallsightVictims.MAX_ROUTES + 1)
                .startsWith("1 GET /0")
                .endsWith("5 (other)");
    }
}
