package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Connections, which count on every thread. */
class StallsightConnectionsTest extends HookFixture {

    @Test
    void connections_ofThreadsThatMayBlock_areReported() {
        engine.nonBlocking = thread -> false;
        StallsightAgent.reclassify();

        Object token = StallsightConnections.connectEnter(CALL, "socket", "shop");
        StallsightConnections.connectExit(token, null);
        StallsightConnections.connectExit(token, new IOException("refused"));
        StallsightConnections.disconnect(CALL, "socket");

        assertThat(engine.events)
                .containsSubsequence("connecting socket to shop", "connectFailed socket", "disconnected socket")
                .filteredOn(event -> event.startsWith("connectFailed"))
                .hasSize(1);
    }

    @Test
    void connections_ofTheAgent_areNotReported() {
        StallsightSpan work = StallsightHook.beginAgentWork();
        try {
            assertThat(StallsightConnections.connectEnter(CALL, "socket", "shop"))
                    .isNull();
        } finally {
            StallsightHook.endAgentWork(work);
        }
        assertThat(engine.events).doesNotContain("connecting socket to shop");
    }

    @Test
    void connections_withoutAnEngine_areNotReported() {
        StallsightAgent.detach();
        assertThat(StallsightConnections.connectEnter(CALL, "socket", "shop")).isNull();
        StallsightConnections.connectExit("socket", new IOException("refused"));
        StallsightConnections.disconnect(CALL, "socket");
        assertThat(engine.events).isEmpty();
    }
}
