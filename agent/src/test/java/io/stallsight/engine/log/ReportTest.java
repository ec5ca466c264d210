package io.stallsight.engine.log;

import static io.stallsight.testing.Calls.call;
import static io.stallsight.testing.Calls.sleep;
import static io.stallsight.testing.Calls.withRequest;
import static io.stallsight.testing.Calls.withStack;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Findings;
import io.stallsight.testing.Calls;
import io.stallsight.testing.Stacks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The block of text, as a person sees it. */
class ReportTest {

    private static Finding finding(BlockingCall... calls) {
        Findings findings = new Findings(List.of());
        for (BlockingCall call : calls) {
            Calls.report(findings, call);
        }
        return findings.all().get(0);
    }

    private static String report(BlockingCall call) {
        return report(finding(call), call);
    }

    private static String report(Finding finding, BlockingCall call) {
        return Report.of(finding, finding.totals(), call, "https://traces.example.com/{traceId}?span={spanId}");
    }

    @Test
    void of_theFirstCall_saysWhatWhereHowLongAndWhatToDo() {
        BlockingCall call = withStack(
                sleep("com.acme.Orders.lambda$find$0(Orders.java:57)", 142_700_000),
                Stacks.stack(
                        "java.lang.Thread.sleep(Thread.java:509)",
                        "com.acme.Orders.lambda$find$0(Orders.java:57)",
                        "reactor.core.publisher.FluxMap.onNext(FluxMap.java:106)"));
        assertThat(report(call)).isEqualTo("""
                        SLEEP: Thread.sleep blocked reactor-http-epoll-2 for 143 ms
                            at       com.acme.Orders.find(Orders.java:57)
                            finding  c622959942, the first time
                            fix      it sleeps; use the framework's timer (Mono.delay, vertx.setTimer, EventLoop.schedule)
                            silence  allow=com.acme.Orders#find
                            stack    java.lang.Thread.sleep(Thread.java:509)
                                     com.acme.Orders.find(Orders.java:57)
                                     reactor.core.publisher.FluxMap.onNext(FluxMap.java:106)""");
    }

    @Test
    void of_aLaterCall_countsAll() {
        BlockingCall first = sleep("com.acme.Orders.find", 1_500_000);
        BlockingCall second = sleep("com.acme.Orders.find", 2_300_000_000L);
        assertThat(report(finding(first, second), second))
                .contains("for 2.30 s\n")
                .contains("finding  c622959942, 2 times since start, 2.30 s in total, at most 2.30 s\n");
    }

    @Test
    void of_aCallInATrace_linksIt() {
        Request request =
                new Request("GET /orders/{id}", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", false);
        assertThat(report(withRequest(sleep("com.acme.Orders.find", 1_500_000), request)))
                .contains("request  GET /orders/{id}, trace 0af7651916cd43dd8448eb211c80319c\n")
                .contains(
                        "trace    https://traces.example.com/0af7651916cd43dd8448eb211c80319c?span=b7ad6b7169203331\n");
    }

    @Test
    void of_aCallWithDetail_saysWhatItDid() {
        BlockingCall call = call(
                Kind.JDBC,
                "PreparedStatement.executeQuery",
                "socket read 127.0.0.1:5432",
                "com.acme.Orders.find(Orders.java:57)",
                "vert.x-eventloop-thread-0",
                1_420_000);
        assertThat(report(call))
                .startsWith("JDBC: PreparedStatement.executeQuery blocked vert.x-eventloop-thread-0 for 1.4 ms\n"
                        + "    at       com.acme.Orders.find(Orders.java:57)\n"
                        + "    doing    socket read 127.0.0.1:5432\n"
                        + "    finding  ");
    }

    @Test
    void of_aRefusedCall_saysSo() {
        assertThat(report(sleep("com.acme.Orders.find", 0)))
                .startsWith("SLEEP: Thread.sleep was refused on reactor-http-epoll-2\n    at       ");
    }

    @Test
    void of_aDeepStack_endsAFewFramesBeyondTheSite() {
        List<StackTraceElement> stack = new ArrayList<>(Stacks.stack("java.lang.Thread.sleep", "com.acme.Orders.find"));
        for (int i = 0; i < 20; i++) {
            stack.addAll(Stacks.stack("io.netty.Handler.h" + i));
        }
        String text = report(withStack(sleep("com.acme.Orders.find", 1_000_000), stack));
        assertThat(text).contains("io.netty.Handler.h5(").doesNotContain("io.netty.Handler.h6(");
        assertThat(text).endsWith("\n             ... 14 more");
    }

    @Test
    void of_aSiteDeepInTheStack_leavesOutTheMiddle() {
        List<StackTraceElement> stack = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stack.addAll(Stacks.stack("org.lib.Inner.f" + i));
        }
        stack.addAll(
                Stacks.stack("com.acme.Orders.find", "com.acme.Web.get", "com.acme.Main.main", "java.lang.Thread.run"));
        String text = report(withStack(sleep("com.acme.Orders.find", 1_000_000), stack));
        assertThat(text.substring(text.indexOf("    stack")))
                .isEqualTo("""
                            stack    org.lib.Inner.f0(Unknown Source)
                                     org.lib.Inner.f1(Unknown Source)
                                     org.lib.Inner.f2(Unknown Source)
                                     ... 15 more
                                     org.lib.Inner.f18(Unknown Source)
                                     org.lib.Inner.f19(Unknown Source)
                                     com.acme.Orders.find(Unknown Source)
                                     com.acme.Web.get(Unknown Source)
                                     com.acme.Main.main(Unknown Source)
                                     ... 1 more""".indent(4).stripTrailing());
    }
}
