package io.stallsight.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import io.stallsight.api.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    @Test
    void call_thatIsShorterThanTheThreshold_doesNotConcernTheTest() {
        Checks.Blocking ofAMilli =
                new Checks.Blocking(Duration.ofMillis(1), Set.of(), List.of(), List.of(), FailOnBlocking.When.END);
        Checks checks = new Checks(ofAMilli, null, true, List.of());

        assertThat(checks.concerns(call(Duration.ofMillis(1)))).isTrue();
        assertThat(checks.concerns(call(Duration.ofNanos(999_999)))).isFalse();
        assertThat(Checks.NONE.concerns(call(Duration.ofNanos(1)))).isTrue();
    }

    private static Finding call(Duration duration) {
        return finding(Finding.Type.BLOCKING_CALL, Kind.DNS, "InetAddress.getByName", duration, duration);
    }

    private static int failing(Finding finding) {
        return STALLS_OF_100_MILLIS.failing(new Findings(List.of(finding))).size();
    }

    private static Finding stall(String cause, long millis, long ownMillis) {
        return finding(Finding.Type.STALL, null, cause, Duration.ofMillis(millis), Duration.ofMillis(ownMillis));
    }

    private static Finding finding(
            Finding.Type type, @Nullable Kind kind, String what, Duration duration, Duration own) {
        return new Finding(
                type,
                kind,
                what,
                "",
                duration,
                own,
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
