package io.stallsight.it.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.time.Duration;

/**
 * Every blocking primitive is reported exactly once, with its duration, kind and line; everything else is not reported.
 */
class PrimitivesIT {

    @EachJdk
    void primitivesThatBlockForAKnownTime_areReportedOnceWithTheirDuration(Jdk jdk) {
        ProbeReport report = probe(jdk, "measured", "threads=probe-loop");

        report.assertNoMismatch();
        assertThat(report.size()).isGreaterThan(200);
    }

    @EachJdk(crossed = true)
    void primitivesThatCannotBeMadeSlow_areReportedOnceAtThresholdZero(Jdk jdk) {
        ProbeReport report = probe(jdk, "brief", "threads=probe-loop", "threshold.blocking=0");

        report.assertNoMismatch();
        assertThat(report.size()).isGreaterThan(150);
    }

    private static ProbeReport probe(Jdk jdk, String pass, String... agentOptions) {
        Outcome outcome = ForkedJvm.of(jdk, "probe.Primitives", pass)
                .agent(agentOptions)
                .classPath(ClassPath.programs().with("h2-"))
                .recording()
                .deadline(Duration.ofMinutes(2))
                .run()
                .healthy();
        assertThat(outcome.lines("DONE")).as(outcome::describe).hasSize(1);
        return new ProbeReport(outcome, "probe-loop");
    }
}
