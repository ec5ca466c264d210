package io.stallsight.it.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.Jdk;

/**
 * Build tools and test frameworks, set up as docs/testing.md shows.
 *
 * <p>A build runs Kotest on JDK 17 and Quarkus on later JDKs, as it has an hour. With system property
 * {@code stallsight.matrix=all}, they and Micronaut run on every JDK.
 */
class SetUpIT {

    /** Lines of the tests' JVM, and of the build, that indicate a problem with agents. */
    private static final String WARNING = "(?m)^(WARNING|OpenJDK .*warning|\\[WARNING\\]|java\\.lang\\.instrument).*";

    @EachJdk
    void jaCoCoInSurefireAndFailsafe_measuresBothAndPrintsNoWarning(Jdk jdk) {
        Sample sample = Sample.of("jacoco", jdk);

        SampleRun run = sample.run("verify");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).containsOnlyKeys("OrdersTest.fast", "OrdersIT.fast", "OrdersIT.slow");
        assertThat(run.failures()).as(run::describe).containsOnlyKeys("OrdersIT.slow");
        assertThat(run.failures().get("OrdersIT.slow")).contains("at com.shop.Orders.load(Orders.java:18)");
        assertThat(run.outputOfTests()).doesNotContainPattern(WARNING);
        assertThat(sample.file("target/site/jacoco/index.html")).isNotEmptyFile();
        assertThat(sample.file("target/jacoco-it.exec")).isNotEmptyFile();
    }

    @EachJdk
    void testNG_assertNoBlocking_failsTheTestThatBlocks(Jdk jdk) {
        SampleRun run = Sample.of("testng", jdk).run("test");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).containsOnlyKeys("OrdersTest.fast", "OrdersTest.slow");
        assertThat(run.failures()).as(run::describe).containsOnlyKeys("OrdersTest.slow");
        assertThat(run.failures().get("OrdersTest.slow"))
                .contains("expected no blocking call on a non-blocking thread, but there was 1:")
                .contains("at com.shop.Orders.load(Orders.java:18)");
        assertThat(run.outputOfTests()).doesNotContainPattern(WARNING);
    }

    @EachJdk
    void kotest_assertNoBlocking_failsTheTestThatBlocks(Jdk jdk) {
        assumeInBuild(jdk.feature() == 17);
        SampleRun run = Sample.of("kotest", jdk).run("test");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).containsOnlyKeys("OrdersTest.fast", "OrdersTest.slow");
        assertThat(run.failures()).as(run::describe).containsOnlyKeys("OrdersTest.slow");
        assertThat(run.failures().get("OrdersTest.slow"))
                .contains("expected no blocking call on a non-blocking thread, but there was 1:")
                .contains("at com.shop.Orders.load(Orders.kt:18)");
        assertThat(run.outputOfTests()).doesNotContainPattern(WARNING);
    }

    /** Quarkus loads the tests' classes with a class loader of its own. */
    @EachJdk
    void quarkusTest_withTheJUnitOfQuarkus_failsForItsResourceAndIsSilentAboutTheWarmUp(Jdk jdk) {
        assumeInBuild(jdk.feature() > 17);
        expectShop(Sample.of("quarkus", jdk).run("test"), 3, "vert\\.x-eventloop-thread-\\d+", "Shop.java:23");
    }

    @EachJdk
    void micronautTest_withTheJUnitOfMicronaut_failsForItsControllerAndIsSilentAboutTheWarmUp(Jdk jdk) {
        assumeInBuild(false);
        expectShop(Sample.of("micronaut", jdk).run("test"), 2, "default-eventLoopGroup-\\d+-\\d+", "Shop.java:20");
    }

    private static void assumeInBuild(boolean isInEachBuild) {
        assumeTrue(isInEachBuild || System.getProperty("stallsight.matrix", "").equals("all"), "not in each build");
    }

    private static void expectShop(SampleRun run, int tests, String thread, String line) {
        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).hasSize(tests);
        assertThat(run.failures()).as(run::describe).hasSize(1);
        assertThat(run.failures().values()).singleElement().asString().contains("at com.shop.Shop.slow(" + line + ")");
        String output = run.output();
        assertThat(output.substring(output.indexOf("[stallsight] what was found in these tests:")))
                .as(run::describe)
                .containsPattern("\\A.*\n +SLEEP: Thread\\.sleep blocked " + thread
                        + " for \\d+ ms at com\\.shop\\.Shop\\.slow\\(" + line
                        + "\\)\n +failed ShopTest\\.slow.*\n(?! )");
        assertThat(output).doesNotContain("STALL");
    }

    /** As in a hardened image. A test that needs the agent fails without it, and one line gives the reason. */
    @EachJdk
    void jvmThatRefusesAttach_failsTheTestsThatNeedTheAgent_andNamesTheFix(Jdk jdk) {
        SampleRun run = Sample.of("quick-start", jdk).run("test", "-DargLine=-XX:+DisableAttachMechanism");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).containsOnlyKeys("OrdersTest.initializationError");
        assertThat(run.failures().get("OrdersTest.initializationError"))
                .contains("OrdersTest asks for Stallsight. Stallsight could not attach itself: ")
                .contains("The VM does not support the attach mechanism")
                .contains("start the tests' JVM with -javaagent:stallsight.jar instead");
        assertThat(run.output().lines().filter(line -> line.startsWith("[stallsight]")))
                .singleElement()
                .asString()
                .contains("Stallsight could not attach itself: ");
    }
}
