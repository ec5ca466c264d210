package io.stallsight.engine.stall;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightArrivals;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When requests came that wait for a loop, with real sockets. */
@DisabledOnOs(OS.WINDOWS)
class ArrivalWatchTest {

    private static final long MILLI = 1_000_000L;
    private static final long THRESHOLD = 100 * MILLI;
    private static final int CONNECTIONS = 2;

    private final StallsightLoop loop = HookStates.loop();
    private final LoopSockets sockets = new LoopSockets(List.of());
    private final ArrivalWatch arrivals = new ArrivalWatch(sockets);
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<SocketChannel> served = new ArrayList<>();
    private final long start = System.nanoTime() - 30 * MILLI;
    private int looks;
    private Selector selector;
    private Episode episode;

    @BeforeEach
    void beLate() throws IOException {
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
        HookStates.beginTick(loop, start);
        episode = new Episode(
                Thread.currentThread(), "loop-1", null, loop, Episode.Form.TICK, start, start + 10 * MILLI, 0, null);
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

    /** The loop's thread is this one: it is in a long tick and does not read. */
    private void send() throws IOException {
        clients.get(0).write(ByteBuffer.wrap(new byte[] {1}));
        selector.select();
    }

    /** Each look is a second after the one before, as far as the budget knows. */
    private void look(long threshold) {
        looks++;
        arrivals.look(List.of(episode), System.nanoTime() + TimeUnit.SECONDS.toNanos(looks), threshold);
    }

    /** Those of the two connections that are known, in no order. */
    private List<Long> known() {
        List<Long> known = new ArrayList<>();
        for (int socket : sockets.descriptors(loop, CONNECTIONS)) {
            long arrival = loop.tick().victims().arrival(socket, 0, loop.start(), System.nanoTime(), true);
            if (arrival != StallsightArrivals.UNKNOWN) {
                known.add(arrival);
            }
        }
        return known;
    }

    private void endTick() {
        HookStates.endSlowTick(loop, System.nanoTime());
    }

    @Test
    void request_cameBetweenTwoLooks_andNoRequestAfterTheLast() throws IOException {
        long before = System.nanoTime();
        look(THRESHOLD);
        send();
        long lastLook = System.nanoTime();
        look(THRESHOLD);
        long after = System.nanoTime();
        endTick();

        List<Long> known = known().stream().sorted().toList();
        assertThat(known).hasSize(CONNECTIONS);
        assertThat(known.get(0)).isBetween(before, after).isLessThan(known.get(1));
        assertThat(known.get(1)).as("of the other, if a request comes").isBetween(lastLook, System.nanoTime());
    }

    @Test
    void connections_ofATickThatIsTooYoung_areNotLookedAt() {
        look(100 * TimeUnit.SECONDS.toNanos(1));
        endTick();

        assertThat(known()).isEmpty();
    }

    @Test
    void look_afterTheTick_findsNothing() throws IOException {
        look(THRESHOLD);
        endTick();
        long end = System.nanoTime();
        send();
        look(THRESHOLD);

        assertThat(known())
                .hasSize(CONNECTIONS)
                .allSatisfy(arrival -> assertThat(arrival).isLessThan(end));
    }

    @Test
    void gap_isATwentiethOfTheTime_butNotLong() {
        assertThat(ArrivalWatch.gap(MILLI / 4)).isEqualTo(5 * MILLI);
        assertThat(ArrivalWatch.gap(2 * MILLI)).isEqualTo(25 * MILLI);
        assertThat(ArrivalWatch.gap(20 * MILLI)).isEqualTo(100 * MILLI);
    }
}
