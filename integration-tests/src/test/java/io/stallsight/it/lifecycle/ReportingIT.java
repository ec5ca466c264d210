package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Reports in the log, and events in the recording. */
class ReportingIT {

    @EachJdk
    void fiftyEqualCalls_areOneBlockAndFiftyEvents(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.FiftyCalls")
                .agent("threads=loop")
                .recording()
                .run()
                .healthy();

        assertThat(outcome.blockingCalls())
                .hasSize(50)
                .allMatch(call -> call.api().equals("Thread.sleep"));
        assertThat(outcome.stderr())
                .filteredOn(line -> line.contains("blocked loop for"))
                .hasSize(1);
        assertThat(outcome.errors()).contains("the first time", "allow=app.lifecycle.FiftyCalls#block");
    }
}
