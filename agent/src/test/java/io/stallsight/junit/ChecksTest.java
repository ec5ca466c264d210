package io.stallsight.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Checks STALLS_OF_100_MILLIS =
            new Checks(null, new Checks.Stalls(Duration.ofMillis(100), true), true, List.of());

    @Test
    void stall_withLongPartOfItsCode_fails() {
        assertThat(failing(stall("CPU", 180, 100))).isOne();
        assertThat(failing(stall("CPU", 180, 99))).isZero();
    }

    @Test
    void stall_ofABusyMachine_doesNotFail() {
        assertThat(failing(stall("NOT_SCHEDULED", 500, 200))).isZero();
    }

    @Test
    void stall_ofATestThatChecksBlockingCallsOnly_doesNotConcernIt() {
        assertThat(Checks.NONE.concerns(stall("CPU", 180, 100))).isFalse();
        assertThat(STALLS_OF_100_MILLIS.concerns(stall("CPU", 180, 100))).isTrue();
    }

    private static int failing(Finding finding) {
        return STALLS_OF_100_MILLIS.failing(new Findings(List.of(finding))).size();
    }

    private static Finding stall(String cause, long millis, long ownMillis) {
        return new Finding(
                Finding.Type.STALL,
                null,
                cause,
                "",
                Duration.ofMillis(millis),
                Duration.ofMillis(ownMillis),
                "loop-1",
                "loop-#",
                null,
                List.of(),
                "",
                "0123456789",
                "",
                "",
                1,
                Finding.State.ENDED,
                false);
    }
}
