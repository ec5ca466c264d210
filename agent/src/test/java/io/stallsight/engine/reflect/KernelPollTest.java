package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightLoop;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which connections of a selector have something to read, with real sockets. */
@DisabledOnOs(OS.WINDOWS)
class KernelPollTest {

    private static final int CONNECTIONS = 3;

    private final StallsightLoop loop = new StallsightLoop(0, 1);
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<SocketChannel> served = new ArrayList<>();
    private final LoopSockets sockets = new LoopSockets(List.of());
    private final KernelPoll kernel = Objects.requireNonNull(KernelPoll.forAtMost(CONNECTIONS));
    private Selector selector;

    @BeforeEach
    void connect() throws IOException {
        selector = Selector.open();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(SocketChannel.open(server.getLocalAddress()));
                SocketChannel accepted = server.accept();
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ);
                served.add(accepted);
            }
        }
        loop.setSelector(new WeakReference<>(selector));
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel each : clients) {
            each.close();
        }
        for (SocketChannel each : served) {
            each.close();
        }
        selector.close();
    }

    private static void send(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {1}));
    }

    /** The numbers of those that are readable, among {@code asked}. */
    private List<Integer> readable(int[] asked) {
        for (int i = 0; i < asked.length; i++) {
            kernel.set(i, asked[i]);
        }
        List<Integer> readable = new ArrayList<>();
        boolean found = kernel.ask(asked.length);
        for (int i = 0; i < asked.length; i++) {
            if (kernel.isReadable(i)) {
                readable.add(asked[i]);
            }
        }
        assertThat(found).isEqualTo(!readable.isEmpty());
        return readable;
    }

    @Test
    void ask_findsThoseWithSomethingToRead_andTakesNothing() throws IOException {
        int[] all = sockets.descriptors(loop, CONNECTIONS);
        assertThat(all).hasSize(CONNECTIONS).doesNotHaveDuplicates();
        assertThat(readable(all)).isEmpty();

        send(clients.get(1));
        selector.select(); // a loopback connection has it now

        assertThat(readable(all)).hasSize(1);
        assertThat(readable(all)).as("asked once more").hasSize(1);
        assertThat(UnreadBytes.of(readable(all).get(0))).isEqualTo(1);
        assertThat(selector.selectedKeys()).hasSize(1);
        assertThat(served.get(1).read(ByteBuffer.allocate(8))).isEqualTo(1);
        assertThat(readable(all)).as("it has been read").isEmpty();
        assertThat(UnreadBytes.of(all[0]) + UnreadBytes.of(all[1])).isZero();
        assertThat(UnreadBytes.of(LoopSockets.NONE)).isEqualTo(UnreadBytes.UNKNOWN);
    }

    @Test
    void descriptors_areNoMoreThanTheLimit() {
        assertThat(sockets.descriptors(loop, CONNECTIONS - 1)).hasSize(CONNECTIONS - 1);
    }

    @Test
    void descriptors_ofAClosedSelector_areNone() throws IOException {
        selector.close();

        assertThat(sockets.descriptors(loop, CONNECTIONS)).isEmpty();
    }

    @Test
    void descriptors_ofALoopWithoutASelector_areNone() {
        assertThat(sockets.descriptors(new StallsightLoop(0, 1), CONNECTIONS)).isEmpty();
    }
}
