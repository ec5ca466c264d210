package io.stallsight.it.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.Jdk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tests of all kinds, with auto-detection and {@code -javaagent} as docs/testing.md describes them. */
class BehavioursIT {

    /** Tests that must fail, with a part of their message. All others must pass. */
    private static final Map<String, String> FAILING = new TreeMap<>(Map.ofEntries(
            Map.entry("PlainTest.blocks", "SLEEP: Thread.sleep blocked parallel-"),
            Map.entry("PlainTest.blocksTwice", "times  2, "),
            Map.entry("PlainTest.ownFailureAndBlocks", "expected: <right> but was: <wrong>"),
            Map.entry("PlainTest.abortedAndBlocks", "no reason to go on"),
            Map.entry("PlainTest.endsBeforeItsWork", "SLEEP: Thread.sleep blocked parallel-"),
            Map.entry("PlainTest.queuesForAMonitor", "MONITOR: synchronized blocked parallel-"),
            Map.entry("LifecycleTest.InBeforeEach.test", "LifecycleTest.InBeforeEach.test blocked"),
            Map.entry("LifecycleTest.InAfterEach.test", "LifecycleTest.InAfterEach.test blocked"),
            Map.entry("LifecycleTest.InConstructor.test", "LifecycleTest.InConstructor.test blocked"),
            Map.entry("LifecycleTest.InFailingConstructor.test", "the constructor"),
            Map.entry("LifecycleTest.InBeforeAll.executionError", "LifecycleTest.InBeforeAll blocked"),
            Map.entry("LifecycleTest.InFailingBeforeAll.executionError", "before all"),
            Map.entry("LifecycleTest.InAfterAll.executionError", "LifecycleTest.InAfterAll blocked"),
            Map.entry("LifecycleTest.PerClass.blocks", "LifecycleTest.PerClass.blocks blocked"),
            Map.entry("TemplatesTest.parameterized(String)[2]", "two"),
            Map.entry("TemplatesTest.repeated(RepetitionInfo)[3]", "repetition 3 of 3"),
            Map.entry("TemplatesTest.dynamic()[1]", "TemplatesTest.dynamic \"one\" blocked"),
            Map.entry("AnnotatedTest.allowedForNoReason", "needs a reason"),
            Map.entry("AnnotatedTest.allowedByARuleThatIsNone", "bad rule \"com shop\""),
            Map.entry("AnnotatedTest.allowedElsewhere", "SLEEP: Thread.sleep"),
            Map.entry("AnnotatedTest.ofThatKind", "SLEEP: Thread.sleep"),
            Map.entry("AnnotatedTest.onAThreadThatIsNamed", "SLEEP: Thread.sleep blocked shop-worker-1"),
            Map.entry("AnnotatedTest.refused", "io.stallsight.api.BlockingCallError"),
            Map.entry("AnnotatedTest.refusedAndSwallowed", "SLEEP: Thread.sleep was refused on parallel-"),
            Map.entry("AnnotatedTest.standsStill", "was stuck for 3"),
            Map.entry("AnnotatedTest.exhaustsAPool", "POOL EXHAUSTED: all workers of pool-"),
            Map.entry("AssertionsTest.assertNoBlocking_blocks", "expected no blocking call"),
            Map.entry("AssertionsTest.assertNoBlocking_keepsTheTasksOwnError", "java.lang.AssertionError: its own"),
            Map.entry("AssertionsTest.assertOverlaps_sleepOnOneLoop", "5 concurrent runs cannot overlap"),
            Map.entry("AssertionsTest.assertOverlaps_computesOnOneLoop", "busiest loops      one-"),
            Map.entry("AssertionsTest.assertOverlaps_oneAtATime", "expected 4 concurrent runs to overlap")));

    @EachJdk
    void withJUnit5(Jdk jdk) {
        check(Sample.of("behaviours", jdk).run("test", Sample.JUNIT_5));
    }

    @EachJdk
    void withJUnit6(Jdk jdk) {
        check(Sample.of("behaviours", jdk).run("test", Sample.JUNIT_6));
    }

    private static void check(SampleRun run) {
        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).hasSize(53);
        assertThat(run.failures().keySet()).as(run::describe).isEqualTo(FAILING.keySet());
        FAILING.forEach((test, text) -> assertThat(run.failures().get(test)).contains(text));
        for (String own : List.of(
                "PlainTest.ownFailureAndBlocks",
                "LifecycleTest.InFailingConstructor.test",
                "LifecycleTest.InFailingBeforeAll.executionError",
                "AssertionsTest.assertNoBlocking_keepsTheTasksOwnError")) {
            assertThat(run.failures().get(own))
                    .doesNotStartWith("io.stallsight")
                    .contains("Suppressed: io.stallsight.api.FindingsError");
        }
        assertThat(run.output())
                .contains("[stallsight] what was found in these tests:")
                .contains("allow rule that matched nothing: com.shop.Nothing (@AllowBlocking on"
                        + " AnnotatedTest#allowedElsewhere)")
                .doesNotContain("WARNING: A Java agent has been loaded dynamically")
                .doesNotContainPattern("\\[stallsight\\] error");
    }
}
