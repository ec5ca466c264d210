package io.stallsight.it.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Settings for all tests of a run, from each of their places. */
class SettingsIT {

    private static final String LEFT_BEHIND = "at com.shop.LeftoverTest.again(LeftoverTest.java:";
    private static final String STALE = "com.shop.Gone (stallsight-allow.txt:3)";

    /** For tests that do not depend on the JDK. */
    private final Jdk jdk = Jdks.tested().get(0);

    @EachJdk
    void settingsAndRules_ofFilesAndOfThePackage_apply(Jdk each) {
        SampleRun run = Sample.of("settings", each).run("test");

        assertThat(run.exitCode()).as(run::describe).isZero();
        assertThat(run.tests())
                .as(run::describe)
                .containsOnlyKeys(
                        "SettingsTest.allowedByTheFile",
                        "SettingsTest.shorterThanTheThreshold",
                        "SettingsTest.onAThreadOfTheFile",
                        "LeftoverTest.leavesWorkBehind",
                        "JobsTest.allowedInThePackage",
                        "JobsTest.notOfTheKindThatCountsInThePackage");
        assertThat(run.output())
                .contains("of no single test:", LEFT_BEHIND)
                .contains("allow rule that matched nothing: " + STALE);
    }

    @Test
    void withoutThem_theSameTestsFail() throws IOException {
        Sample sample = Sample.of("settings", jdk);
        Files.delete(sample.file("src/test/java/com/shop/jobs/package-info.java"));

        SampleRun run = sample.run(
                "test",
                "-Dstallsight.test.allowFile=none.txt",
                "-Dstallsight.test.threshold=1ms",
                "-Dmaven.test.failure.ignore=true");

        assertThat(run.failures())
                .as(run::describe)
                .containsOnlyKeys(
                        "SettingsTest.allowedByTheFile",
                        "SettingsTest.shorterThanTheThreshold",
                        "JobsTest.allowedInThePackage",
                        "JobsTest.notOfTheKindThatCountsInThePackage");
    }

    @Test
    void suiteFail_findingOfNoSingleTest_failsTheRun() {
        SampleRun run = Sample.of("settings", jdk).run("test", "-Dstallsight.test.suite=fail");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.output()).contains("blocking that is no single test's:").contains(LEFT_BEHIND);
    }

    @Test
    void staleRulesFail_aRuleThatMatchedNothing_failsTheRun() {
        SampleRun run = Sample.of("settings", jdk).run("test", "-Dstallsight.test.staleRules=fail");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.output())
                .contains("allow rules that matched nothing, so they are not needed any more:")
                .contains(STALE)
                .doesNotContain("Loop#warmUp (");
    }

    @Test
    void unknownSetting_isNamedWithTheKnownOnes() throws IOException {
        Sample sample = Sample.of("settings", jdk);
        Files.writeString(sample.file("stallsight.properties"), "test.treshold=5ms\n");

        SampleRun run = sample.run("test", "-Dtest=JobsTest");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.output())
                .contains("unknown option test.treshold in stallsight.properties. Options are: ")
                .contains("test.threshold");
    }
}
