package io.stallsight.engine.stack;

import static io.stallsight.engine.catalog.TestCatalogs.allow;
import static io.stallsight.engine.catalog.TestCatalogs.allowDirect;
import static io.stallsight.engine.catalog.TestCatalogs.disallow;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.AllowRule;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.testing.Stacks;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The innermost frame that a rule is about decides. */
class FrameRulesTest {

    private static boolean allows(List<FrameRule> rules, String... stack) {
        return new StackInspector(new FrameRules(rules))
                        .inspect(Stacks.array(stack))
                        .stack()
                == null;
    }

    private static boolean allows(FrameRule rule, String... stack) {
        return allows(List.of(rule), stack);
    }

    @Test
    void withoutRules_everythingIsReported() {
        assertThat(allows(List.of(), "java.lang.Thread.sleep", "com.acme.Orders.find"))
                .isFalse();
    }

    @Test
    void ofAClass_coversItsMethods() {
        FrameRule rule = allow("com.acme.Orders");
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders.find"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Cache.get", "com.acme.Orders.find"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.OrdersTest.find"))
                .isFalse();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders$Line.find"))
                .as("nested classes are a part of their class")
                .isTrue();
    }

    @Test
    void ofAClassOrPackage_coversItsCopies() {
        assertThat(allows(allow("io.lib.Loop#stop"), "java.lang.Thread.sleep", "com.acme.shaded.io.lib.Loop.stop"))
                .isTrue();
        assertThat(allows(allow("io.lib.Loop"), "java.lang.Thread.sleep", "com.acme.shaded.io.lib.Loop$Task.run"))
                .isTrue();
        assertThat(allows(allow("io.lib.**"), "java.lang.Thread.sleep", "com.acme.shaded.io.lib.task.Task.run"))
                .isTrue();
        assertThat(allows(
                        List.of(allow("io.lib.Loop"), disallow("com.acme.shaded.io.lib.Loop")),
                        "java.lang.Thread.sleep",
                        "com.acme.shaded.io.lib.Loop.stop"))
                .as("a rule for the copy decides before one for the original")
                .isFalse();
    }

    @Test
    void ofAMethod_coversThatMethodOnly() {
        FrameRule rule = allow("com.acme.Orders#find");
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders.find"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders.findAll"))
                .isFalse();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Cache.find"))
                .isFalse();
    }

    @Test
    void ofAMethod_coversItsLambdas() {
        FrameRule rule = allow("com.acme.Orders#find");
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders.lambda$find$0"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders.lambda$findAll$0"))
                .isFalse();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Orders.lambda$refind$0"))
                .isFalse();
    }

    /** Reports say {@code allow=com.acme.Orders#<init>} for a lambda in a constructor, so that has to silence it. */
    @Test
    void ofAConstructorOrInitializer_coversItsLambdas() {
        assertThat(allows(allow("com.acme.Orders#<init>"), "java.lang.Thread.sleep", "com.acme.Orders.lambda$new$0"))
                .isTrue();
        assertThat(allows(
                        allow("com.acme.Orders#<clinit>"), "java.lang.Thread.sleep", "com.acme.Orders.lambda$static$0"))
                .isTrue();
    }

    @Test
    void ofAnyInitializer_doesNotCoverLambdasThatWereMadeThere() {
        FrameRule rule = allow("**#<clinit>");
        assertThat(allows(rule, "java.io.FileInputStream.read", "com.acme.Orders.<clinit>", "com.acme.Main.run"))
                .isTrue();
        assertThat(allows(rule, "java.io.FileInputStream.read", "com.acme.Orders.lambda$static$0"))
                .as("runs later")
                .isFalse();
    }

    @Test
    void ofAPackage_coversItsSubpackages() {
        FrameRule rule = allow("com.acme.boot.**");
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.boot.Start.run"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.boot.db.Schema.check"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.boots.Boots.sell"))
                .isFalse();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Main.main")).isFalse();
    }

    /** Option, catalog and BlockHound's rules go through the look-up, annotations and allow file through the API. */
    @ParameterizedTest
    @CsvSource({
        "com.acme.Orders, com.acme.Orders$Line.price",
        "com.acme.Orders, com.acme.Orders.lambda$find$0",
        "com.acme.Orders, com.acme.OrdersTest.find",
        "com.acme.Orders#find, com.acme.Orders.lambda$find$0",
        "com.acme.Orders#find, com.acme.Orders$Line.find",
        "com.acme.Orders#<init>, com.acme.Orders.lambda$new$0",
        "com.acme.**, com.acme.Orders$Line.price",
        "com.acme.**, com.acmes.Orders.price",
        "com.acme.**#find, com.acme.db.Orders.find",
        "**, com.acme.Orders.find",
        "**#<clinit>, com.acme.Orders.lambda$static$0"
    })
    void ruleText_coversTheSameFramesEverywhere(String text, String frame) {
        assertThat(allows(allow(text), frame)).isEqualTo(AllowRule.parse(text).matches(Stacks.frame(frame)));
    }

    @Test
    void ofPackagesWithinPackages_theLongestDecides() {
        List<FrameRule> rules =
                List.of(allow("com.acme.**"), disallow("com.acme.web.**"), allow("com.acme.web.init.**"));
        assertThat(allows(rules, "com.acme.Main.main")).isTrue();
        assertThat(allows(rules, "com.acme.web.Handler.get")).isFalse();
        assertThat(allows(rules, "com.acme.web.init.Schema.check")).isTrue();
        assertThat(allows(rules, "com.acme.webinar.Talk.give")).isTrue();
        assertThat(allows(rules, "com.acne.Cream.apply")).isFalse();
    }

    @Test
    void ofOnePackage_theFirstInTheListDecides() {
        assertThat(allows(List.of(allow("com.acme.**"), disallow("com.acme.**")), "com.acme.Main.main"))
                .as("the user's rules come before the catalog's")
                .isTrue();
        assertThat(allows(List.of(disallow("com.acme.**"), allow("com.acme.**")), "com.acme.Main.main"))
                .isFalse();
    }

    @Test
    void ofOneClass_theFirstInTheListDecides() {
        assertThat(allows(List.of(allow("com.acme.A"), disallow("com.acme.A#f")), "com.acme.A.f"))
                .isTrue();
        assertThat(allows(List.of(disallow("com.acme.A#f"), allow("com.acme.A")), "com.acme.A.f"))
                .isFalse();
        assertThat(allows(List.of(disallow("com.acme.A#f"), allow("com.acme.A")), "com.acme.A.g"))
                .isTrue();
    }

    @Test
    void ofANestedClass_goesBeforeThatOfTheClassAround() {
        List<FrameRule> rules = List.of(allow("com.acme.Orders"), disallow("com.acme.Orders$Line#price"));
        assertThat(allows(rules, "com.acme.Orders$Line.price")).isFalse();
        assertThat(allows(rules, "com.acme.Orders$Line.name")).isTrue();
        assertThat(allows(List.of(disallow("com.acme.**"), allow("com.acme.Orders")), "com.acme.Orders$Line.price"))
                .as("a class goes before its package")
                .isTrue();
    }

    /** A name sorts after starts that it does not have: the search must not stop at these, nor miss a shorter start. */
    @Test
    void ofManyParts_everyStartIsFound() {
        List<FrameRule> rules = List.of(
                allow("com.**"),
                disallow("com.acme.Orders"),
                disallow("com.acme.Orders$Line"),
                disallow("com.acme.b.**"),
                disallow("com.acme.db.**#open"));
        assertThat(allows(rules, "com.acme.Orders$Zone.find")).isFalse();
        assertThat(allows(rules, "com.acme.Orders$Line$Tax.rate")).isFalse();
        assertThat(allows(rules, "com.acme.Ordersheet.find")).isTrue();
        assertThat(allows(rules, "com.acme.db.Schema.open")).isFalse();
        assertThat(allows(rules, "com.acme.db.Schema.close")).isTrue();
        assertThat(allows(rules, "com.zebra.Stripes.count")).isTrue();
        assertThat(allows(rules, "org.acme.Orders.find")).isFalse();
    }

    @Test
    void ofAClass_goesBeforeThatOfItsPackage() {
        List<FrameRule> rules = List.of(disallow("com.acme.**"), allow("com.acme.Orders"));
        assertThat(allows(rules, "com.acme.Orders.find")).isTrue();
        assertThat(allows(rules, "com.acme.Cache.get")).isFalse();
    }

    @Test
    void innermostFrame_decides() {
        List<FrameRule> rules = List.of(allow("com.acme.Boot"), disallow("com.acme.Handler"));
        assertThat(allows(rules, "java.lang.Thread.sleep", "com.acme.Handler.get", "com.acme.Boot.run"))
                .isFalse();
        assertThat(allows(rules, "java.lang.Thread.sleep", "com.acme.Boot.run", "com.acme.Handler.get"))
                .isTrue();
    }

    @Test
    void direct_coversOnlyWhatTheFrameItselfCalls() {
        FrameRule rule = allowDirect("com.acme.Mailbox#take");
        assertThat(allows(rule, "com.acme.Mailbox.take")).isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Mailbox.take"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Object.wait", "com.acme.Mailbox.take"))
                .isTrue();
        assertThat(allows(
                        rule,
                        "java.util.concurrent.locks.LockSupport.park",
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await",
                        "com.acme.Mailbox.take"))
                .isTrue();
        assertThat(allows(rule, "java.lang.Thread.sleep", "com.acme.Task.run", "com.acme.Mailbox.take"))
                .isFalse();
        assertThat(allows(rule, "java.io.FileInputStream.read", "com.acme.Mailbox.take"))
                .isFalse();
    }

    @Test
    void inspect_leavesOutFramesOfTheAgent() {
        List<StackTraceElement> kept = new StackInspector(new FrameRules(List.of()))
                .inspect(Stacks.array(
                        "io.stallsight.engine.detect.Detector.exited",
                        "io.stallsight.hook.StallsightThread.exit",
                        "io.stallsight.hook.StallsightNatives.Thread_sleep",
                        "com.acme.Orders.find",
                        "io.stallsight.engineering.Bridge.build"))
                .stack();
        assertThat(kept)
                .extracting(StackTraceElement::getClassName)
                .containsExactly("com.acme.Orders", "io.stallsight.engineering.Bridge");
    }

    @Test
    void waitForTheProxyClassThatAnotherThreadDefines_isAllowed() {
        List<StackTraceElement> defining = new ArrayList<>();
        ClassLoader loader = new ClassLoader(FrameRulesTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (defining.isEmpty()) {
                    defining.addAll(List.of(new Throwable().getStackTrace()));
                }
                return super.loadClass(name, resolve);
            }
        };
        Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null);
        // a second thread waits for the first one in the frame that the first has below its class loading
        List<StackTraceElement> waiting = defining.stream()
                .dropWhile(frame -> !frame.getClassName().endsWith("$Memoizer"))
                .toList();
        StackInspector builtIn =
                new StackInspector(new FrameRules(TestCatalogs.builtIn(17).frameRules()));

        assertThat(waiting).isNotEmpty();
        assertThat(builtIn.inspect(waiting.toArray(StackTraceElement[]::new)).stack())
                .isNull();
    }
}
