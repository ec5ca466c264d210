package io.stallsight.engine.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.testing.Stacks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of the JDK's own events is a blocking call. Times are milliseconds. */
class RecordedWaitsTest {

    private static final List<StackTraceElement> ON_JDK_25 = Stacks.stack(
            "io.netty.channel.socket.nio.NioSocketChannel.doWrite(NioSocketChannel.java:414)",
            "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:562)");
    private static final List<StackTraceElement> ON_JDK_17 =
            Stacks.stack("java.net.Socket$SocketInputStream.read(Socket.java:961)", "com.acme.Mail.send(Mail.java:17)");

    private final RecordedStacks stacks = new RecordedStacks(TestCatalogs.of("{}"), List.of(), "");

    @Test
    void socketEvent_withoutTheFrameThatTellsWhetherItBlocks_hasToHaveWaited() {
        assertThat(least(Kind.SOCKET, ON_JDK_25)).isEqualTo(20);
        assertThat(least(Kind.SOCKET, ON_JDK_17)).isEqualTo(1);
    }

    @Test
    void otherEvents_areBlockingHoweverShort() {
        assertThat(least(Kind.FILE, ON_JDK_25)).isEqualTo(1);
        assertThat(least(Kind.JDBC, ON_JDK_25)).isEqualTo(1);
    }

    private long least(Kind kind, List<StackTraceElement> stack) {
        return RecordedWaits.minNanos(kind, stacks.isWithoutTheJdk(stack)) / 1_000_000;
    }
}
