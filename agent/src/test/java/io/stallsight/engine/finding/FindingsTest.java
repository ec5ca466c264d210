package io.stallsight.engine.finding;

import static io.stallsight.testing.Calls.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final long MINUTE = 60_000_000_000L;

    private final List<String> reports = new ArrayList<>();
    private final Findings findings = new Findings(List.of(output("jfr"), output("log")));

    private Output output(String name) {
        return (finding, call, delivery) -> reports.add(name + " " + finding.count() + " " + call.nanos());
    }

    private void report(BlockingCall call) {
        findings.blockingCall(call, Delivery.fromElsewhere(Thread.currentThread()));
    }

    @Test
    void calls_ofOneFingerprint_areOneFinding() {
        BlockingCall last = sleep("com.acme.Orders.lambda$find$1(Orders.java:60)", 5);
        report(sleep("com.acme.Orders.find(Orders.java:57)", 10));
        report(sleep("com.acme.Orders.find(Orders.java:57)", 30));
        report(last);

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
        report(sleep("com.acme.Orders.find", 1));
        report(sleep("com.acme.Orders.load", 1));
        assertThat(findings.all()).extracting(Finding::count).containsExactly(1L, 1L);
    }

    @Test
    void outputs_receiveEachCall_afterItWasCounted() {
        report(sleep("com.acme.Orders.find", 10));
        report(sleep("com.acme.Orders.find", 20));
        assertThat(reports).containsExactly("jfr 1 10", "log 1 10", "jfr 2 20", "log 2 20");
    }

    @Test
    void findings_areBounded_andTheNextOneIsReported() {
        report(sleep("com.acme.Orders.find", 1_000_000));
        for (int i = 1; i < 10_000; i++) {
            report(sleep("com.acme.Generated.m" + i, 1));
        }
        assertThat(findings.forgotten().findings()).isZero();
        reports.clear();

        for (int i = 0; i < 10_000; i++) {
            report(sleep("com.acme.Later.m" + i, 2));
        }
        assertThat(reports).as("each output gets each call").hasSize(20_000);
        assertThat(findings.all()).hasSize(10_000);
        assertThat(findings.forgotten().findings()).isEqualTo(10_000);
        assertThat(findings.forgotten().calls()).isEqualTo(10_000);

        reports.clear();
        report(sleep("com.acme.Orders.find", 1_000_000));
        assertThat(reports).as("what costs much is not forgotten").contains("jfr 2 1000000");
    }

    @Test
    void clear_forgetsWhatWasForgotten() {
        for (int i = 0; i < 10_010; i++) {
            report(sleep("com.acme.Generated.m" + i, 1));
        }
        findings.clear();
        assertThat(findings.forgotten()).isEqualTo(new Findings.Forgotten(0, 0, 0));
    }

    @Test
    void rehearse_keepsNothing() {
        findings.rehearse(sleep("com.acme.Orders.find", 1));
        assertThat(findings.all()).isEmpty();
        assertThat(reports).isEmpty();
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
