package io.stallsight.it.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.Jdk;

/** The agent jar as a test dependency, an annotation, and nothing else. */
class QuickStartIT {

    @EachJdk(crossed = true)
    void testThatBlocksALoop_failsWithAMessageThatNeedsNoExplanation(Jdk jdk) {
        SampleRun run =
                Sample.of("quick-start", jdk).run("test", jdk.feature() < 21 ? Sample.JUNIT_5_10 : Sample.JUNIT_6);

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).containsOnlyKeys("OrdersTest.fast", "OrdersTest.slow");
        assertThat(run.failures()).as(run::describe).containsOnlyKeys("OrdersTest.slow");
        assertThat(run.output())
                .containsPattern("""
                        OrdersTest.slow blocked a thread that must not block:

                        SLEEP: Thread.sleep blocked parallel-\\d+ for \\d+ ms
                            at com.shop.Orders.load\\(Orders.java:18\\)
                            fix    it sleeps; use the framework's timer .*
                            allow  @AllowBlocking\\(value = "com.shop.Orders#load", reason = "..."\\)
                            stack  at .*""")
                .contains("	at com.shop.Orders.load(Orders.java:18)")
                .contains("Tests run: 2, Failures: 1, Errors: 0, Skipped: 0");
    }

    /** Spring Boot manages the version of JUnit: 5.12 for Boot 3.5. */
    @EachJdk
    void springBootTest_withTheJUnitOfBoot_failsForItsHandlerAndIsSilentAboutTheWarmUp(Jdk jdk) {
        SampleRun run = Sample.of("boot-3", jdk).run("test");

        assertThat(run.exitCode()).as(run::describe).isEqualTo(1);
        assertThat(run.tests()).as(run::describe).containsOnlyKeys("ShopTest.fast", "ShopTest.slow");
        assertThat(run.failures()).as(run::describe).containsOnlyKeys("ShopTest.slow");
        assertThat(run.output()).containsPattern("""
                        SLEEP: Thread.sleep blocked \\S+-http-\\S+ for \\d+ ms
                            at com.shop.Shop.slow\\(Shop.java:24\\)""").doesNotContain("STALL");
    }
}
