package io.stallsight.it.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An existing code base can only get better: a known finding fails no test, and a repaired one leaves the list. */
class BaselineIT {

    private static final String ORDERS = "src/main/java/com/shop/Orders.java";

    /** One JDK is enough: nothing here depends on it. */
    private final Jdk jdk = Jdks.tested().get(0);

    @Test
    void baseline_isCreatedOnRequest_andShrinksByItself() throws IOException {
        Sample sample = Sample.of("quick-start", jdk);
        Path file = sample.file("stallsight-baseline.txt");

        SampleRun created = sample.run("-q", "test", "-Dstallsight.test.baseline=create");
        assertThat(created.exitCode()).as(created::describe).isZero();
        assertThat(file)
                .content()
                .containsPattern(
                        "(?m)^[0-9a-f]{10}  Thread.sleep  com.shop.Orders#load  parallel-#  <- OrdersTest.slow$")
                .doesNotContain("Orders.java");
        String before = Files.readString(file);

        // a run of some tests only, in forks, with a new finding besides
        replace(sample.file(ORDERS), "\"orders of \" + customer)", "quick(customer))");
        replace(
                sample.file(ORDERS),
                "    private static String load",
                "    private static String quick(String customer) throws InterruptedException {\n"
                        + "        Thread.sleep(5);\n        return \"orders of \" + customer;\n    }\n\n"
                        + "    private static String load");
        SampleRun worse = sample.run("-q", "test", "-DforkCount=2", "-DreuseForks=false");
        assertThat(worse.exitCode()).as(worse::describe).isEqualTo(1);
        assertThat(worse.failures()).containsOnlyKeys("OrdersTest.fast");
        assertThat(file).hasContent(before);

        replace(sample.file(ORDERS), "Thread.sleep(5)", "Thread.yield()");
        replace(sample.file(ORDERS), "Thread.sleep(20)", "Thread.yield()");
        replace(sample.file(ORDERS), " throws InterruptedException", "");
        SampleRun stale = sample.run("-q", "test", "-Dstallsight.test.baseline=strict");
        assertThat(stale.exitCode()).as(stale::describe).isEqualTo(1);
        assertThat(stale.output()).contains("mended, but still in the baseline").contains("com.shop.Orders#load");
        assertThat(file).hasContent(before);

        SampleRun mended = sample.run("-q", "test");
        assertThat(mended.exitCode()).as(mended::describe).isZero();
        assertThat(mended.output()).contains("stallsight-baseline.txt: 1 mended, removed; 0 left");
        assertThat(file).content().doesNotContain("Thread.sleep");
    }

    @Test
    void baseline_ofJvmsThatEndAtTheSameTime_hasTheFindingsOfEach() {
        Sample sample = Sample.of("forks", jdk);

        SampleRun run =
                sample.run("-q", "test", "-DforkCount=4", "-DreuseForks=false", "-Dstallsight.test.baseline=create");

        assertThat(run.exitCode()).as(run::describe).isZero();
        assertThat(sample.file("stallsight-baseline.txt"))
                .content()
                .containsOnlyOnce("# fingerprint")
                .containsOnlyOnce("com.shop.OneTest#one  parallel-#  <- OneTest.blocks\n")
                .containsOnlyOnce("com.shop.TwoTest#two  parallel-#  <- TwoTest.blocks\n")
                .containsOnlyOnce("com.shop.ThreeTest#three  parallel-#  <- ThreeTest.blocks\n")
                .containsOnlyOnce("com.shop.FourTest#four  parallel-#  <- FourTest.blocks\n");
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }
}
