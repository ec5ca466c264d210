package io.stallsight.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.testing.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    @ParameterizedTest
    @CsvSource({
        "find, find",
        "lambda$find$0, find",
        "lambda$find$12, find",
        "lambda$new$0, <init>",
        "lambda$static$3, <clinit>",
        "lambda$find$order$1, find$order",
        "<init>, <init>",
        "lambda$, lambda$",
        "lambda$0, lambda$0"
    })
    void methodOf_aLambdaBody_isTheMethodAroundIt(String method, String expected) {
        assertThat(Frames.methodOf(new StackTraceElement("com.acme.Orders", method, "Orders.java", 1)))
                .isEqualTo(expected);
    }

    @Test
    void describe_withLine_isWhatToolsMakeClickable() {
        assertThat(Frames.describe(Stacks.frame("com.acme.Orders.find(Orders.java:57)")))
                .isEqualTo("com.acme.Orders.find(Orders.java:57)");
    }

    @Test
    void describe_aLambdaBody_isUnderItsMethod() {
        assertThat(Frames.describe(Stacks.frame("com.acme.Orders.lambda$find$0(Orders.java:58)")))
                .isEqualTo("com.acme.Orders.find(Orders.java:58)");
    }

    @Test
    void describe_withoutLine_isTheFile() {
        assertThat(Frames.describe(Stacks.frame("com.acme.Orders.find(Orders.java)")))
                .isEqualTo("com.acme.Orders.find(Orders.java)");
    }

    @Test
    void describe_withoutFile_isUnknownSource() {
        assertThat(Frames.describe(Stacks.frame("com.acme.Orders.find")))
                .isEqualTo("com.acme.Orders.find(Unknown Source)");
    }

    @Test
    void describe_nativeMethod_saysSo() {
        assertThat(Frames.describe(new StackTraceElement("java.lang.Thread", "sleep", "Thread.java", -2)))
                .isEqualTo("java.lang.Thread.sleep(Native Method)");
    }

    @Test
    void describe_withLoaderAndModule_leavesThemOut() {
        StackTraceElement frame =
                new StackTraceElement("app", "java.base", "17.0.15", "java.lang.Thread", "run", "Thread.java", 840);
        assertThat(Frames.describe(frame)).isEqualTo("java.lang.Thread.run(Thread.java:840)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Orders.find(Orders.java:57)",
                "com.acme.Orders$Line.find(Orders.java)",
                "com.acme.Orders.<init>(Unknown Source)",
                "java.lang.Thread.sleep(Native Method)",
                "Main.main(Main.java:3)"
            })
    void parse_isTheInverseOfDescribe(String text) {
        assertThat(Frames.describe(Frames.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "com.acme.Orders.find", "find(Orders.java:57)", "com.acme.Orders.find(Orders.java:x)", "a.b("
            })
    void parse_ofAnotherText_isNull(String text) {
        assertThat(Frames.parse(text)).isNull();
    }

    @Test
    void brief_hasNeitherPackageNorFile() {
        assertThat(Frames.brief(Stacks.frame("com.acme.Orders.lambda$find$0(Orders.java:57)")))
                .isEqualTo("Orders.find:57");
        assertThat(Frames.brief(Stacks.frame("com.acme.Orders.find"))).isEqualTo("Orders.find");
    }

    @Test
    void methodAndRule_ofALambda_areThoseOfItsMethod() {
        StackTraceElement frame = Stacks.frame("com.acme.Orders.lambda$find$0(Orders.java:57)");
        assertThat(Frames.method(frame)).isEqualTo("com.acme.Orders.find");
        assertThat(Frames.rule(frame)).isEqualTo("com.acme.Orders#find");
    }

    @Test
    void describe_ofAMethodThatRanBeforeItsClassWasWoven_hasTheLine() {
        StackTraceElement frame = new StackTraceElement("com.shop.Orders", "find", null, 57);
        assertThat(Frames.describe(frame)).isEqualTo("com.shop.Orders.find(Unknown Source:57)");
        assertThat(Frames.parse(Frames.describe(frame))).isEqualTo(frame);
    }
}
