package io.stallsight.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Finding;
import io.stallsight.api.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributionTest {

    private final Attribution attribution = new Attribution();
    private long contexts;

    @Test
    void ofATest_whileOthersRun_isItsOwn() {
        Scope one = begin("one", null);
        Scope two = begin("two", null);

        attribution.receive(finding(one.context, 0));
        attribution.end(two);
        attribution.end(one);

        assertThat(one.found()).hasSize(1);
        assertThat(two.found()).isEmpty();
    }

    @Test
    void ofNobody_whileOneTestRuns_isThatTests() {
        Scope one = begin("one", null);

        attribution.receive(finding(0, 0));
        attribution.end(one);

        assertThat(one.found()).hasSize(1);
    }

    @Test
    void ofNobody_whileTwoTestsRun_isUnattributed() {
        Scope one = begin("one", null);
        Scope two = begin("two", null);

        attribution.receive(finding(0, 0));
        attribution.end(one);
        attribution.end(two);

        assertThat(one.found()).isEmpty();
        assertThat(two.found()).isEmpty();
        assertThat(attribution.takeUnattributed())
                .extracting(Attribution.Unattributed::endedTest)
                .containsOnlyNulls()
                .hasSize(1);
    }

    @Test
    void ofNobody_sinceBeforeTheOnlyTest_isUnattributed() {
        attribution.end(begin("before", null));
        Scope one = begin("one", null);

        attribution.receive(finding(0, Duration.ofHours(1).toNanos()));
        attribution.end(one);

        assertThat(one.found()).isEmpty();
        assertThat(attribution.takeUnattributed()).hasSize(1);
    }

    @Test
    void ofAClass_whileOneOfItsTestsRuns_isThatTests() {
        Scope type = begin("Type", null);
        Scope other = begin("other", null);
        Scope one = begin("Type.one", type);

        attribution.receive(finding(type.context, 0));
        attribution.end(one);
        attribution.end(other);
        attribution.end(type);

        assertThat(one.found()).hasSize(1);
        assertThat(other.found()).isEmpty();
        assertThat(type.found()).isEmpty();
    }

    @Test
    void ofAClass_whileNoneOfItsTestsRuns_isTheClasss() {
        Scope type = begin("Type", null);

        attribution.receive(finding(type.context, 0));
        attribution.end(type);

        assertThat(type.found()).hasSize(1);
    }

    @Test
    void ofATestThatEnded_isUnattributedAndNamesIt() {
        Scope one = begin("one", null);
        attribution.end(one);
        Scope two = begin("two", null);

        attribution.receive(finding(one.context, 0));
        attribution.end(two);

        assertThat(two.found()).isEmpty();
        assertThat(attribution.takeUnattributed())
                .extracting(Attribution.Unattributed::endedTest)
                .containsExactly("one");
    }

    private Scope begin(String name, @Nullable Scope parent) {
        Scope scope = new Scope(++contexts, name, Checks.NONE, parent, System.nanoTime());
        attribution.begin(scope);
        return scope;
    }

    private static Finding finding(long context, long nanos) {
        StackTraceElement site = new StackTraceElement("com.shop.Orders", "find", "Orders.java", 7);
        return new Finding(
                Finding.Type.BLOCKING_CALL,
                Kind.SLEEP,
                "Thread.sleep",
                "",
                Duration.ofNanos(nanos),
                Duration.ofNanos(nanos),
                "loop-1",
                "loop-#",
                site,
                List.of(site),
                "",
                "0123456789",
                "GET /orders/{id}",
                "0af7651916cd43dd8448eb211c80319c",
                context,
                Finding.State.ENDED,
                false);
    }
}
