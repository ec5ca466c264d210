package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** The self-test proves every hook on this JVM. */
class CheckIT {

    @EachJdk(crossed = true)
    void check_provesEveryHookOfTheJdk(Jdk jdk) {
        Outcome outcome = ForkedJvm.commandLine(jdk, "check").run().healthy().silent();

        assertThat(outcome.stdout().get(0)).matches("type +woven +proven +hook");
        assertThat(outcome.stdout())
                .as("rows whose hook is woven and proven")
                .filteredOn(line -> line.matches("[A-Z_]+ +yes +yes +\\S+#.+"))
                .hasSizeGreaterThan(300);
        assertThat(outcome.stdout()).noneMatch(line -> line.matches("[A-Z_]+ .*\\bNO\\b.*"));
        assertThat(outcome.lines("problem: ")).isEmpty();
    }
}
