package io.stallsight.it.loops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** The lag that Stallsight reports for a loop equals the lag that a client of that loop measures at the same time. */
class LagIT {

    private static final double TEN_PERCENT = 0.1;

    /** The extra time for a client's byte: write, wake-up and read. On a busy machine that takes longer. */
    private static final double TRANSFER_NANOS = Duration.ofMillis(4).toNanos();

    @EachJdk
    void lag_equalsThatOfAClient(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.loops.EchoUnderStalls")
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "jspecify"))
                .recording()
                .run()
                .healthy();
        Instant from = Instant.ofEpochMilli(number(outcome, "from "));
        Instant to = Instant.ofEpochMilli(number(outcome, "to "));

        List<RecordedEvent> lags = Recordings.events(requireNonNull(outcome.recording()), "stallsight.LoopLag").stream()
                .filter(event -> event.getString("name").equals("echo-loop"))
                .filter(event -> event.getStartTime().isAfter(from.plusSeconds(1))
                        && event.getStartTime().isBefore(to))
                .toList();

        assertThat(lags).hasSizeGreaterThanOrEqualTo(5);
        assertLagEquals(outcome, lags, "lagP90", "client 90 ");
        assertLagEquals(outcome, lags, "lagP99", "client 99 ");
        assertThat(mean(lags, "utilization"))
                .as("the loop is stuck for 100 ms of 250")
                .isBetween(0.36, 0.55);
    }

    private static void assertLagEquals(Outcome outcome, List<RecordedEvent> lags, String field, String client) {
        double measured = number(outcome, client);
        double reported = lags.stream()
                .mapToLong(event -> event.getDuration(field).toNanos())
                .average()
                .orElseThrow();
        assertThat(reported)
                .as(field + " against " + client + outcome.describe())
                .isCloseTo(measured, within(TEN_PERCENT * measured + TRANSFER_NANOS));
    }

    private static double mean(List<RecordedEvent> lags, String field) {
        return lags.stream()
                .mapToDouble(event -> event.getDouble(field))
                .average()
                .orElseThrow();
    }

    private static long number(Outcome outcome, String prefix) {
        return Long.parseLong(outcome.lines(prefix).get(0));
    }
}
