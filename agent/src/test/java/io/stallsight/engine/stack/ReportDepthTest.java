package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Orders;
import org.junit.jupiter.api.Test;

class ReportDepthTest {

    /** This class is in a package of the agent. */
    private static int countAtDepth(ReportDepth depth, int deeper) {
        return deeper == 0 ? depth.count() : countAtDepth(depth, deeper - 1);
    }

    private static int countBelowTheApplication(ReportDepth depth, int deeper) {
        int[] counted = new int[1];
        Orders.find(() -> counted[0] = countAtDepth(depth, deeper));
        return counted[0];
    }

    @Test
    void count_endsAtTheFirstFrameThatIsNotTheAgents() {
        int shallow = countBelowTheApplication(new ReportDepth(), 0);
        int deep = countBelowTheApplication(new ReportDepth(), 3);
        assertThat(deep - shallow).isEqualTo(3);
    }

    @Test
    void count_isMadeOnce() {
        ReportDepth depth = new ReportDepth();
        int first = countBelowTheApplication(depth, 0);
        assertThat(countBelowTheApplication(depth, 3)).isEqualTo(first);
    }
}
