package io.stallsight.it.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.Jdk;
import java.util.stream.IntStream;

/** A thousand tests, eight at once, on shared loops: exactly the blocking tests fail. */
class OneInAHundredIT {

    @EachJdk
    void thatOneFailsAndNoOther(Jdk jdk) {
        SampleRun run =
                Sample.of("one-in-a-hundred", jdk).run("test", jdk.feature() < 21 ? Sample.JUNIT_6 : Sample.JUNIT_5);

        assertThat(run.tests()).as(run::describe).hasSize(1_000);
        assertThat(run.failures())
                .as(run::describe)
                .containsOnlyKeys(IntStream.range(0, 10)
                        .mapToObj(i -> "ManyTest.test(int)[" + (i * 100 + 8) + "]")
                        .toArray(String[]::new));
        run.failures()
                .forEach((test, failure) -> assertThat(failure)
                        .contains("SLEEP: Thread.sleep blocked ")
                        .contains("at com.shop.ManyTest.work(ManyTest.java:"));
        String output = run.output();
        int leftOver = output.indexOf("of no single test");
        // a library's own locks may be contended, which no test causes
        assertThat(leftOver < 0 ? "" : output.substring(leftOver, output.indexOf("[INFO]", leftOver)))
                .as(run::describe)
                .doesNotContain("com.shop");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
