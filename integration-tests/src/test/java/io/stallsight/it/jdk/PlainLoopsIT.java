package io.stallsight.it.jdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import app.jdk.EqualTasks;
import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;

/** A loop outside of every framework is recognised by its behaviour: it selects. */
class PlainLoopsIT {

    @EachJdk
    void handWrittenSelectorLoop_blockingHandler_isFlaggedAndSelectIsNot(Jdk jdk) {
        check(jdk, "app.jdk.HandWrittenLoop");
    }

    @EachJdk
    void httpClientSelector_blockingBodyHandler_isFlaggedAndPooledIsNot(Jdk jdk) {
        check(jdk, "app.jdk.HttpClientSelector");
    }

    /** Their samples are alike. */
    @EachJdk
    void manyEqualTasks_areCounted(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.jdk.EqualTasks")
                .agent()
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();

        assertThat(Recordings.events(requireNonNull(outcome.recording()), "stallsight.LoopStall"))
                .filteredOn(stall -> !stall.getBoolean("ongoing"))
                .filteredOn(stall -> !stall.getString("cause").equals("NOT_SCHEDULED")) // a busy machine's
                .isNotEmpty()
                .allSatisfy(stall -> {
                    assertThat(stall.getString("cause")).isEqualTo("MANY_SMALL_TASKS");
                    assertThat(stall.getLong("tasks"))
                            .isBetween(EqualTasks.TASKS / 2L, (long) EqualTasks.TASKS * EqualTasks.ROUNDS);
                    assertThat(stall.getString("topTasks")).contains("EqualTasks.main (");
                });
    }

    private static void check(Jdk jdk, String main) {
        Outcome outcome = ForkedJvm.of(jdk, main)
                .agent()
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
