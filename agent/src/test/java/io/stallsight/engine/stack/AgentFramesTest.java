package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightHook;
import org.junit.jupiter.api.Test;

class AgentFramesTest {

    @Test
    void isAgent_engineAndHooksOnly() {
        assertThat(AgentFrames.isAgent("io.stallsight.engine.detect.Detector")).isTrue();
        assertThat(AgentFrames.isAgent(StallsightHook.class.getName())).isTrue();
        assertThat(AgentFrames.isAgent("io.stallsight.api.Kind")).isFalse();
        assertThat(AgentFrames.isAgent("com.acme.Orders")).isFalse();
    }
}
