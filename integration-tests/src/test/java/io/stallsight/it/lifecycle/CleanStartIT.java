package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** The agent needs no module and leaves the streams alone. */
class CleanStartIT {

    @EachJdk(crossed = true)
    void outputAndExitCode_equalThoseWithoutTheAgent(Jdk jdk) {
        Outcome without = ForkedJvm.of(jdk, "app.lifecycle.Hello").run();
        Outcome with = ForkedJvm.of(jdk, "app.lifecycle.Hello")
                .options("-Xshare:auto")
                .agent()
                .run()
                .silent();

        assertThat(with.stdout()).isEqualTo(without.stdout()).isNotEmpty();
        assertThat(with.exitCode()).isEqualTo(without.exitCode());
    }

    @EachJdk(crossed = true)
    void withOnlyJavaBase_findingsAreStillReported(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "loop")
                .options("--limit-modules", "java.base")
                .agent("threads=loop")
                .run()
                .healthy();

        assertThat(outcome.errors()).contains("Thread.sleep blocked loop for");
    }

    @EachJdk(crossed = true)
    void modeOff_definesNoHook(Jdk jdk) {
        assertThat(hooks(jdk, "mode=off")).isEqualTo("absent");
        assertThat(hooks(jdk, "mode=observe")).isEqualTo("present");
    }

    /**
     * The build makes the classes of the engine's lambdas: to make one at run time takes a cold JVM about 1 ms of CPU.
     */
    @EachJdk(crossed = true)
    void start_makesNoClassForALambdaOfTheEngine(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.Hello")
                .options("-Xlog:class+load:stderr")
                .agent()
                .run();

        assertThat(outcome.errors())
                .contains("io.stallsight.engine.Engine$$L0 ")
                .doesNotContainPattern("io\\.stallsight\\.engine\\.\\S*\\$\\$Lambda");
    }

    private static String hooks(Jdk jdk, String option) {
        return ForkedJvm.of(jdk, "app.lifecycle.HooksPresent")
                .agent(option)
                .run()
                .healthy()
                .lines("HOOKS ")
                .get(0);
    }
}
