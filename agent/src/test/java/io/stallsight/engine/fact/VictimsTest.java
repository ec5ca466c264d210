package io.stallsight.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read of the requests that stood still behind a stall. */
class VictimsTest {

    private static final Victim HELLO = new Victim("GET /hello", 36, 36, 2_700_000_000L);
    private static final Victim ORDERS = new Victim("GET /orders/{id}", 2, 2, 170_000_000);

    private static Victims of(Victim... victims) {
        return new Victims(List.of(victims), Histogram.EMPTY);
    }

    @Test
    void text_ofSeveralNames_beginsWithTheSum() {
        assertThat(of(HELLO, ORDERS).text())
                .isEqualTo("38 requests lost 2.87 s: 36 GET /hello lost 2.70 s, 2 GET /orders/{id} lost 170 ms");
        assertThat(of(HELLO).text()).isEqualTo("36 GET /hello lost 2.70 s");
        assertThat(Victims.NONE.text()).isEmpty();
    }

    @Test
    void text_ofRequestsWithoutAKnownTime_saysAtLeast() {
        Victims victims = of(HELLO, new Victim("GET /new", 3, 0, 0));

        assertThat(victims.text()).isEqualTo("39 requests lost at least 2.70 s: 36 GET /hello lost 2.70 s, 3 GET /new");
        assertThat(victims.areAllMeasured()).isFalse();
        assertThat(of(new Victim("GET /new", 3, 1, 50_000_000)).text()).isEqualTo("3 GET /new lost at least 50 ms");
    }

    @Test
    void lost_ofNoMeasuredRequest_isUnknown() {
        assertThat(of(new Victim("GET /new", 3, 0, 0)).lostNanos()).isEqualTo(-1);
        assertThat(of(new Victim("GET /new", 3, 0, 0)).summary()).isEqualTo("3 requests waited");
        assertThat(of(HELLO, ORDERS).lostNanos()).isEqualTo(2_870_000_000L);
    }
}
