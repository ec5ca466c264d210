package io.stallsight.it.loops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A line of the application is not blamed because its thread lost the CPU there. */
@EnabledOnOs(OS.LINUX)
class OverloadIT {

    /** If the watching thread itself has no CPU for a second, the times of the loop are not known. */
    private static final int MAX_WITHOUT_A_READING = 2;

    @EachJdk
    void shortCall_thatLostItsCpu_isNotReported_andOneThatWaitsIs(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.loops.Overloaded")
                .agent("threshold.stall=10s")
                .recording()
                .run()
                .healthy();

        assertThat(outcome.blockingCalls())
                .as("the queue was empty for milliseconds")
                .anyMatch(call -> call.site().startsWith("app.loops.Overloaded.blocks"));
        assertThat(outcome.blockingCalls())
                .as("writes of some microseconds, of which dozens lost the CPU")
                .filteredOn(call -> call.duration().toMillis() < 10)
                .filteredOn(call -> call.site().startsWith("app.loops.Overloaded.write"))
                .hasSizeLessThanOrEqualTo(MAX_WITHOUT_A_READING);
    }
}
