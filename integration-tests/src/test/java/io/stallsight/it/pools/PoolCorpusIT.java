package io.stallsight.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Pools of all kinds in which tasks wait for longer than the threshold: which of them are exhausted? */
class PoolCorpusIT {

    @EachJdk
    void poolsThatAreWell_areNeverReported(Jdk jdk) {
        Outcome outcome = run(jdk, "app.pools.WellPools");

        assertThat(outcome.stderr()).as(outcome::describe).noneMatch(line -> line.contains("POOL "));
    }

    @EachJdk
    void exhaustedPools_areAllReported(Jdk jdk) {
        Outcome outcome = run(jdk, "app.pools.ExhaustedPools");

        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
    }

    private static Outcome run(Jdk jdk, String program) {
        return ForkedJvm.of(jdk, program)
                .agent("interval=200ms", "threshold.pool=300ms")
                .quietFramework()
                .classPath(ClassPath.programs().with("HikariCP", "slf4j-api"))
                .recording()
                .run()
                .healthy();
    }
}
