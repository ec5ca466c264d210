package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightNatives;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentFramesTest {

    @Test
    void isAgent_notTheApi() {
        assertThat(AgentFrames.isAgent("io.stallsight.engine.detect.Detector")).isTrue();
        assertThat(AgentFrames.isAgent(StallsightHook.class.getName())).isTrue();
        assertThat(AgentFrames.isAgent("io.stallsight.agent.EngineLoader")).isTrue();
        assertThat(AgentFrames.isAgent("io.stallsight.frame.Fingerprint")).isTrue();
        assertThat(AgentFrames.isAgent("io.stallsight.text.Glob")).isTrue();
        assertThat(AgentFrames.isAgent("io.stallsight.api.Kind")).isFalse();
        assertThat(AgentFrames.isAgent("io.stallsightings.Birds")).isFalse();
        assertThat(AgentFrames.isAgent("com.acme.Orders")).isFalse();
    }

    @Test
    void isWorking_whereverTheAgentIsAtTheMoment() {
        StackTraceElement loop = frame("app", "com.acme.Loop");
        StackTraceElement hook = frame(null, StallsightHook.class.getName());
        StackTraceElement jdk = frame(null, "java.security.MessageDigest");

        assertThat(AgentFrames.isWorking(stack(jdk, frame("app", "io.stallsight.frame.Fingerprint"), hook, loop)))
                .as("in a package that the engine shares with the API")
                .isTrue();
        assertThat(AgentFrames.isWorking(stack(jdk, frame("stallsight", "net.bytebuddy.asm.Advice"), jdk, loop)))
                .as("in the engine's own copy of a library")
                .isTrue();
        assertThat(AgentFrames.isWorking(stack(jdk, frame("app", "net.bytebuddy.asm.Advice"), jdk, loop)))
                .as("in the application's copy")
                .isFalse();
    }

    @Test
    void isWorking_inAStandIn_isFalse() {
        StackTraceElement standIn = frame(null, StallsightNatives.class.getName());

        assertThat(AgentFrames.isWorking(
                        stack(frame(null, "java.lang.Thread"), standIn, frame("app", "com.acme.Loop"))))
                .isFalse();
    }

    @Test
    void withoutAgent_dropsTheEnginesOwnLibraries() {
        StackTraceElement loop = frame("app", "com.acme.Loop");

        assertThat(AgentFrames.withoutAgent(stack(
                        frame("stallsight", "net.bytebuddy.asm.Advice"),
                        frame("stallsight", "io.stallsight.engine.instrument.Weaver"),
                        loop)))
                .containsExactly(loop);
    }

    private static StackTraceElement[] stack(StackTraceElement... frames) {
        return frames;
    }

    private static StackTraceElement frame(@Nullable String loader, String className) {
        return new StackTraceElement(loader, null, null, className, "run", "A.java", 7);
    }
}
