package io.stallsight.engine.blockhound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.detect.TestDetectors;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.frame.FramePattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    @Test
    void allowed_isFalse_withoutAnAllowanceOnTheStack() {
        Allowances allowances = new Allowances(
                Map.of("com.acme.Other", Map.of("call", true)), "test", TestDetectors.rules(List.of()), List.of());

        assertThat(allowances.allowed()).isFalse();
    }

    @Test
    void allowed_considersRulesOfTheUser_butNotOfTheCatalog() {
        // frames of the engine are skipped, so the rule names frames of JUnit
        FrameRule rule = FrameRule.allow(FramePattern.parse("org.junit.**"), "test", "test");
        RuleBook book = TestDetectors.rules(List.of(rule));

        assertThat(new Allowances(Map.of(), "test", book, List.of(rule)).allowed())
                .isFalse();
        assertThat(new Allowances(Map.of(), "test", book, List.of()).allowed()).isTrue();
    }

    @Test
    void rules_containEachAllowance() {
        Allowances allowances = new Allowances(
                Map.of("com.acme.Orders", Map.of("find", true, "save", false)),
                "test",
                TestDetectors.rules(List.of()),
                List.of());

        assertThat(allowances.rules())
                .extracting(rule -> rule.frames().text(), FrameRule::allows)
                .containsExactlyInAnyOrder(tuple("com.acme.Orders#find", true), tuple("com.acme.Orders#save", false));
    }
}
