package io.stallsight.engine.finding;

import static io.stallsight.testing.Calls.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final long MINUTE = 60_000_000_000L;

    private final List<String> told = new ArrayList<>();
    private final Findings findings = new Findings(output("jfr"), output("log"));

    private Output output(String name) {
        return (finding, call) -> told.add(name + " " + finding.count() + " " + call.nanos());
    }

    @Test
    void calls_ofOneFingerprint_areOneFinding() {
        BlockingCall last = sleep("com.acme.Orders.lambda$find$1(Orders.java:60)", 5);
        findings.blockingCall(sleep("com.acme.Orders.find(Orders.java:57)", 10));
        findings.blockingCall(sleep("com.acme.Orders.find(Orders.java:57)", 30));
        findings.blockingCall(last);

        assertThat(findings.all()).hasSize(1);
        Finding finding = findings.all().get(0);
        assertThat(finding.fingerprint()).isEqualTo("c622959942");
        assertThat(finding.kind()).isEqualTo(Kind.SLEEP);
        assertThat(finding.api()).isEqualTo("Thread.sleep");
        assertThat(finding.count()).isEqualTo(3);
        assertThat(finding.totalNanos()).isEqualTo(45);
        assertThat(finding.maxNanos()).isEqualTo(30);
        assertThat(finding.last()).isSameAs(last);
    }

    @Test
    void calls_ofOtherSites_areOtherFindings() {
        findings.blockingCall(sleep("com.acme.Orders.find", 1));
        findings.blockingCall(sleep("com.acme.Orders.load", 1));
        assertThat(findings.all()).extracting(Finding::count).containsExactly(1L, 1L);
    }

    @Test
    void outputs_areToldOfEachCall_afterItWasCounted() {
        findings.blockingCall(sleep("com.acme.Orders.find", 10));
        findings.blockingCall(sleep("com.acme.Orders.find", 20));
        assertThat(told).containsExactly("jfr 1 10", "log 1 10", "jfr 2 20", "log 2 20");
    }

    @Test
    void beginAndEnd_goToTheFirstOutput() {
        List<Object> ended = new ArrayList<>();
        Findings withBeginnings = new Findings(
                new Output() {
                    @Override
                    public Object begin(boolean onThread) {
                        return "began " + onThread;
                    }

                    @Override
                    public void end(Object attachment) {
                        ended.add(attachment);
                    }

                    @Override
                    public void report(Finding finding, BlockingCall call) {}
                },
                output("log"));
        assertThat(withBeginnings.begin(true)).isEqualTo("began true");
        withBeginnings.end("attachment");
        assertThat(ended).containsExactly("attachment");
    }

    @Test
    void findings_areBounded() {
        for (int i = 0; i < 10_000; i++) {
            findings.blockingCall(sleep("com.acme.Generated.m" + i, 1));
        }
        assertThat(findings.dropped()).isZero();
        told.clear();

        findings.blockingCall(sleep("com.acme.Orders.find", 1));
        assertThat(findings.all()).hasSize(10_000);
        assertThat(findings.dropped()).isEqualTo(1);
        assertThat(told).isEmpty();

        findings.blockingCall(sleep("com.acme.Generated.m0", 1));
        assertThat(findings.dropped()).as("a known finding goes on").isEqualTo(1);
        assertThat(told).hasSize(2);
    }

    @Test
    void rehearse_keepsNothing() {
        findings.rehearse(sleep("com.acme.Orders.find", 1));
        assertThat(findings.all()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void mayReport_isTrueOnceInAPause() {
        Finding finding = new Finding("c622959942", sleep("com.acme.Orders.find", 1));
        long now = Long.MAX_VALUE - 10; // nanoTime may overflow
        assertThat(finding.mayReport(now, MINUTE)).isTrue();
        assertThat(finding.mayReport(now + 1, MINUTE)).isFalse();
        assertThat(finding.mayReport(now + MINUTE - 1, MINUTE)).isFalse();
        assertThat(finding.mayReport(now + MINUTE, MINUTE)).isTrue();
        assertThat(finding.mayReport(now + MINUTE + 1, MINUTE)).isFalse();
    }
}
