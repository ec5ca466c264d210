package io.stallsight.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import io.stallsight.api.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Finding SLEEP = new Finding(
            Finding.Type.BLOCKING_CALL,
            Kind.SLEEP,
            "Thread.sleep",
            "",
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            "loop-1",
            "loop-#",
            new StackTraceElement("com.shop.Orders", "load", "Orders.java", 18),
            List.of(),
            "sleep elsewhere",
            "164d4ace6a",
            "",
            "",
            0,
            Finding.State.ENDED,
            false);

    private static Summary summary() {
        return new Summary(AllowList.read("no-such-file", SummaryTest.class.getClassLoader()));
    }

    private static String print(Summary summary, List<Attribution.Unattributed> left, boolean checking) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        summary.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), left, checking, Map.of(), List.of());
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static String print(boolean checking, @Nullable String endedTest) {
        Attribution.Unattributed left = new Attribution.Unattributed(SLEEP, endedTest);
        return print(summary(), List.of(left, left), checking);
    }

    @Test
    void print_ofAnUnattributedFinding_hasItsEndedTest() {
        assertThat(print(true, null)).isEqualTo("""
                [stallsight] what was found in these tests:
                  of no single test:
                  SLEEP: Thread.sleep blocked loop-1 for 20 ms at com.shop.Orders.load(Orders.java:18)
                      while several tests ran, or none; 2 times
                """);
        assertThat(print(true, "OrdersTest.slow")).contains("caused by OrdersTest.slow, after its end; 2 times\n");
    }

    @Test
    void print_ofAFindingWithATestThatPassed_namesItApart() {
        Summary summary = summary();
        Findings found = new Findings(List.of(SLEEP));
        summary.add("OrdersTest.strict", found, found);
        summary.add("OrdersTest.lenient", found, new Findings(List.of()));

        assertThat(print(summary, List.of(), true)).isEqualTo("""
                [stallsight] what was found in these tests:
                  SLEEP: Thread.sleep blocked loop-1 for 20 ms at com.shop.Orders.load(Orders.java:18)
                      failed OrdersTest.strict; in OrdersTest.lenient; 2 times, this is the longest
                """);
    }

    @Test
    void print_withoutCheckedTests_saysHowToHaveThemChecked() {
        assertThat(print(false, null)).isEqualTo("""
                [stallsight] what was found in these tests:
                  no test failed for this, since none is checked. Put @FailOnBlocking on tests of JUnit Jupiter, or have all of them checked:
                      junit.jupiter.extensions.autodetection.enabled=true in src/test/resources/junit-platform.properties
                  SLEEP: Thread.sleep blocked loop-1 for 20 ms at com.shop.Orders.load(Orders.java:18)
                      2 times
                """);
    }
}
