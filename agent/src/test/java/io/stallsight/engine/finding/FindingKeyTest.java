package io.stallsight.engine.finding;

import static io.stallsight.testing.Calls.call;
import static io.stallsight.testing.Calls.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import org.junit.jupiter.api.Test;

class FindingKeyTest {

    private static String of(BlockingCall call) {
        return FindingKey.of(call).fingerprint();
    }

    /**
     * People keep fingerprints in baselines and dashboards: another value for the same finding is a breaking change.
     */
    @Test
    void value_isTheSameInEveryVersion() {
        assertThat(of(sleep("com.acme.Orders.find(Orders.java:57)", 1))).isEqualTo("c622959942");
    }

    @Test
    void line_fileAndDuration_doNotMatter() {
        assertThat(of(sleep("com.acme.Orders.find(Orders.java:99)", 7)))
                .isEqualTo(of(sleep("com.acme.Orders.find", 1)));
    }

    @Test
    void numberOfALambda_doesNotMatter() {
        String direct = of(sleep("com.acme.Orders.find", 1));
        assertThat(of(sleep("com.acme.Orders.lambda$find$0", 1))).isEqualTo(direct);
        assertThat(of(sleep("com.acme.Orders.lambda$find$12", 1))).isEqualTo(direct);
    }

    @Test
    void numberOfAThread_doesNotMatter() {
        assertThat(of(call(Kind.SLEEP, "Thread.sleep", "", "com.acme.Orders.find", "reactor-http-epoll-17", 1)))
                .isEqualTo("c622959942");
    }

    @Test
    void detail_doesNotMatter() {
        assertThat(of(call(Kind.SLEEP, "Thread.sleep", "x", "com.acme.Orders.find", "reactor-http-epoll-2", 1)))
                .isEqualTo("c622959942");
    }

    @Test
    void apiClassMethodAndGroup_matter() {
        String thread = "reactor-http-epoll-2";
        assertThat(of(call(Kind.SLEEP, "TimeUnit.sleep", "", "com.acme.Orders.find", thread, 1)))
                .isNotEqualTo("c622959942");
        assertThat(of(call(Kind.SLEEP, "Thread.sleep", "", "com.acme.Cache.find", thread, 1)))
                .isNotEqualTo("c622959942");
        assertThat(of(call(Kind.SLEEP, "Thread.sleep", "", "com.acme.Orders.load", thread, 1)))
                .isNotEqualTo("c622959942");
        assertThat(of(call(Kind.SLEEP, "Thread.sleep", "", "com.acme.Orders.find", "parallel-2", 1)))
                .isNotEqualTo("c622959942");
    }
}
