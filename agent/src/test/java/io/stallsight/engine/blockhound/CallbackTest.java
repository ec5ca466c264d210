package io.stallsight.engine.blockhound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallbackTest {

    private static StackTraceElement frame(String className, String method) {
        return new StackTraceElement(className, method, "Some.java", 1);
    }

    private static final StackTraceElement LAMBDA = frame("reactor.blockhound.BlockHound$Builder", "lambda$new$0");
    private static final StackTraceElement AGENT = frame("io.stallsight.engine.blockhound.Callback", "call");
    private static final StackTraceElement SLEEP = frame("java.lang.Thread", "sleep");
    private static final StackTraceElement APPLICATION = frame("com.acme.Orders", "find");

    @Test
    void trim_withHookInTheMethod_beginsAtTheMethod() {
        StackTraceElement[] stack = {LAMBDA, AGENT, AGENT, SLEEP, APPLICATION, AGENT};

        assertThat(Callback.trim(stack, BlockHoundMethod.parse("java.lang.Thread#sleep(J)V", false)))
                .containsExactly(SLEEP, APPLICATION, AGENT);
    }

    @Test
    void trim_withHookInACaller_addsTheMethod() {
        StackTraceElement read = frame("java.io.FileInputStream", "read");
        StackTraceElement[] stack = {LAMBDA, AGENT, read, APPLICATION};

        StackTraceElement[] trimmed =
                Callback.trim(stack, BlockHoundMethod.parse("java.io.FileInputStream#readBytes([BII)I", true));

        assertThat(trimmed).hasSize(3).endsWith(read, APPLICATION);
        assertThat(trimmed[0]).hasToString("java.base/java.io.FileInputStream.readBytes(FileInputStream.java)");
    }

    @Test
    void trim_withoutFramesOfTheAgent_changesNothing() {
        StackTraceElement[] stack = {LAMBDA, APPLICATION};

        assertThat(Callback.trim(stack, BlockHoundMethod.parse("java.lang.Thread#sleep(J)V", false)))
                .containsExactly(stack);
    }

    @Test
    void modifiers_ofAJdkMethod_areThoseOfTheRunningJdk() {
        assertThat(java.lang.reflect.Modifier.isStatic(BlockHoundMethod.parse("java.lang.Thread#sleep(J)V", false)
                        .modifiers()))
                .isTrue();
        assertThat(BlockHoundMethod.parse("java.lang.Thread#nothing()V", false).modifiers())
                .isZero();
    }
}
