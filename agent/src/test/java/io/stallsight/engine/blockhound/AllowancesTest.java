package io.stallsight.engine.blockhound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.frame.FramePattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    @Test
    void allowed_withoutAnAllowanceOnTheStack_isFalse() {
        Allowances allowances = new Allowances(
                Map.of("com.acme.Other", Map.of("call", true)), "test", new RuleBook(List.of()), List.of());

        assertThat(allowances.allowed()).isFalse();
    }

    @Test
    void allowed_catalogsRule_doesNotCount_theUsersDoes() {
        // frames of the engine are never looked at, so JUnit's are what a rule can name here
        FrameRule rule = FrameRule.allow(FramePattern.parse("org.junit.**"), "test", "test");
        RuleBook book = new RuleBook(List.of(rule));

        assertThat(new Allowances(Map.of(), "test", book, List.of(rule)).allowed())
                .isFalse();
        assertThat(new Allowances(Map.of(), "test", book, List.of()).allowed()).isTrue();
    }

    @Test
    void rules_sayTheSameToTheRuleBook() {
        Allowances allowances = new Allowances(
                Map.of("com.acme.Orders", Map.of("find", true, "save", false)),
                "test",
                new RuleBook(List.of()),
                List.of());

        assertThat(allowances.rules())
                .extracting(rule -> rule.frames().text(), FrameRule::allows)
                .containsExactlyInAnyOrder(tuple("com.acme.Orders#find", true), tuple("com.acme.Orders#save", false));
    }
}
