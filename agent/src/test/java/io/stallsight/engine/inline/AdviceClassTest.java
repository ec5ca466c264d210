package io.stallsight.engine.inline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.testing.MemoryCompiler;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be inlined is refused when the advice is read: each weaver reads all advice, also in the tests. */
class AdviceClassTest {

    private static final String OWN = "Lapp/Own;";

    private static AdviceClass read(String body) {
        String source = "package app; import net.bytebuddy.asm.Advice; @interface Own {} @interface Foreign {}"
                + " class Sample { " + body + " }";
        return AdviceClass.read(MemoryCompiler.compile(source).get("app.Sample"), Set.of(OWN));
    }

    @Test
    void entryAndExit_areFound() {
        AdviceClass advice = read("""
                @Advice.OnMethodEnter static long enter(@Own int own, @Advice.This(optional = true) Object self) { return own; }
                @Advice.OnMethodExit(onThrowable = RuntimeException.class)
                static void exit(@Advice.Enter long before, @Advice.Thrown Throwable thrown, @Advice.Argument(2) Object third,
                    @Advice.Return(readOnly = false) int result) { result++; }
                static void helper(Object other) { try { other.wait(); } catch (InterruptedException e) { } }
                """);

        assertThat(advice.entry().parameters())
                .extracting(AdviceParameter::annotation)
                .containsExactly(OWN, AdviceParameter.THIS);
        assertThat(advice.exit().caught()).isEqualTo("java/lang/RuntimeException");
        assertThat(advice.exit().parameters().get(2).index()).isEqualTo(2);
        assertThat(advice.exit().parameters().get(3).isWritable()).isTrue();
        assertThat(advice.exit().parameterAt(0).annotation()).isEqualTo(AdviceParameter.ENTER);
        assertThat(advice.exit().parameterAt(1)).as("second half of a long").isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static void none() {}",
                "@Advice.OnMethodEnter(suppress = Throwable.class) static void enter() {}",
                "@Advice.OnMethodEnter(inline = false) static void enter() {}",
                "@Advice.OnMethodEnter(prependLineNumber = false) static void enter() {}",
                "@Advice.OnMethodEnter(skipOn = String.class) static Object enter() { return null; }",
                "@Advice.OnMethodEnter(skipOn = Advice.OnDefaultValue.class) static void enter() {}",
                "@Advice.OnMethodEnter(skipOn = Advice.OnDefaultValue.class) static long enter() { return 1; }",
                "@Advice.OnMethodEnter static void enter(int plain) {}",
                "@Advice.OnMethodEnter static void enter(@Foreign int other) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.AllArguments Object[] all) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.FieldValue(\"f\") Object field) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.Origin String origin) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.Local(\"a\") Object local) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.Return int result) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.This(readOnly = false) Object self) {}",
                "@Advice.OnMethodEnter static void enter(@Advice.Argument(value = 0, optional = true) Object o) {}",
                "@Advice.OnMethodEnter static void enter() { try { Thread.yield(); } catch (RuntimeException e) { } }",
                "@Advice.OnMethodEnter static void enter() {} @Advice.OnMethodEnter static void again() {}",
                "@Advice.OnMethodExit static void exit(@Advice.Thrown Throwable thrown) {}",
                "@Advice.OnMethodExit static int exit() { return 1; }",
                "@Advice.OnMethodExit(repeatOn = Advice.OnDefaultValue.class) static void exit() {}",
                "@Advice.OnMethodExit(backupArguments = false) static void exit() {}",
                "@Advice.OnMethodExit static void exit(@Advice.Enter Object before) {}",
                "@Advice.OnMethodEnter static int enter() { return 1; }"
                        + " @Advice.OnMethodExit static void exit(@Advice.Enter long before) {}"
            })
    void whatIsNotSupported_isRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IllegalArgumentException.class);
    }
}
