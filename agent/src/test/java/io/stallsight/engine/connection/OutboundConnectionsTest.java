package io.stallsight.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.ConnectionRule;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.InFlight;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.watch.Interval;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests play the hooks; the clock is theirs. */
class OutboundConnectionsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final StackTraceElement FIND = new StackTraceElement("com.acme.Orders", "find", "Orders.java", 57);
    private static final StackTraceElement LAMBDA =
            new StackTraceElement("com.acme.Orders", "lambda$find$0", "Orders.java", 58);
    private static final InetSocketAddress SHOP = InetSocketAddress.createUnresolved("shop.example", 443);

    private static final Request REQUEST = Request.named("GET /orders/{id}");

    private final List<DownstreamSample> samples = new ArrayList<>();
    private final List<FanOut> fanOuts = new ArrayList<>();
    private final long now = System.nanoTime();
    private StackTraceElement caller = FIND;
    private final OutboundConnections outbound = new OutboundConnections(
            new OutboundConnections.Origin() {
                @Override
                public StackTraceElement caller() {
                    return caller;
                }

                @Override
                public Crossing.Moment moment() {
                    return new Crossing.Moment(List.of(FIND), REQUEST);
                }

                @Override
                public String name(Object remote) {
                    return Describer.remote(remote);
                }
            },
            List.of(new ConnectionRule("java.nio.channels.SocketChannel", "isConnected")),
            new ConnectionPorts(List.of()),
            List.of(),
            3,
            new Doorbell(),
            fact -> {
                if (fact instanceof DownstreamSample sample) {
                    samples.add(sample);
                } else if (fact instanceof FanOut fanOut) {
                    fanOuts.add(fanOut);
                }
            });

    private List<Object> open(int number) {
        List<Object> connections = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Object connection = new Object();
            assertThat(outbound.connecting(connection, SHOP)).isNotNull();
            connections.add(connection);
        }
        return connections;
    }

    private void closeAll(List<Object> connections) {
        connections.forEach(outbound::disconnected);
    }

    private DownstreamSample sample() {
        samples.clear();
        outbound.sample(new Interval(now, SECOND, 0));
        assertThat(samples).hasSize(1);
        return samples.get(0);
    }

    /** Looks until what grew does not any more. */
    private void look() {
        outbound.step(now);
        outbound.step(now + SECOND / 5);
    }

    @Test
    void site_connectWithoutAFrame_isWhereTheConnectionWasMade() {
        List<Object> connections = List.of(new Object(), new Object(), new Object(), new Object());
        Object request = new Object();
        connections.subList(0, 3).forEach(outbound::made);
        outbound.made(request);
        outbound.passed(request, connections.get(3));
        caller = null;
        connections.forEach(connection -> outbound.connecting(connection, SHOP));
        outbound.finish(now);

        assertThat(fanOuts).singleElement().satisfies(fanOut -> {
            assertThat(fanOut.site()).isEqualTo(FIND);
            assertThat(fanOut.inFlight()).isEqualTo(4);
        });
    }

    @Test
    void site_madeByNobody_isNone() {
        List<Object> connections = List.of(new Object(), new Object(), new Object(), new Object());
        caller = null;
        connections.forEach(outbound::made);
        connections.forEach(connection -> outbound.connecting(connection, SHOP));
        outbound.finish(now);

        assertThat(fanOuts)
                .singleElement()
                .satisfies(fanOut -> assertThat(fanOut.site()).isNull());
    }

    @Test
    void connections_areInFlightFromConnectToClose() {
        List<Object> connections = open(2);
        assertThat(sample())
                .isEqualTo(new DownstreamSample(now, "shop.example:443", new InFlight(2, 2, 2, 2, 0), InFlight.NONE));

        closeAll(connections);
        assertThat(sample())
                .isEqualTo(new DownstreamSample(now, "shop.example:443", new InFlight(0, 2, 2, 0, 0), InFlight.NONE));
    }

    @Test
    void sample_withoutActivity_isLeftOutAfterTheFirst() {
        closeAll(open(1));
        sample();
        sample();
        samples.clear();
        outbound.sample(new Interval(now, SECOND, 0));
        assertThat(samples).isEmpty();
    }

    @Test
    void connection_closedTwiceOrNeverOpened_countsOnce() {
        List<Object> connections = open(2);
        outbound.disconnected(connections.get(0));
        outbound.disconnected(connections.get(0));
        outbound.disconnected(new Object());
        assertThat(sample().connections().now()).isEqualTo(1);
    }

    @Test
    void connection_whoseConnectIsNested_countsOnce() {
        Object connection = open(1).get(0);
        assertThat(outbound.connecting(connection, SHOP)).isNull();
        assertThat(sample().connections().begun()).isEqualTo(1);
    }

    @Test
    void connect_thatThrows_hasFailedAndIsNotInFlight() {
        Object token = outbound.connecting(new Object(), SHOP);
        outbound.connectFailed(token);
        outbound.connectFailed(token);
        assertThat(sample())
                .isEqualTo(new DownstreamSample(now, "shop.example:443", new InFlight(0, 1, 1, 1, 1), InFlight.NONE));
    }

    @Test
    void connect_thatClosesAndThenThrows_hasFailedOnce() {
        Object connection = new Object();
        Object token = outbound.connecting(connection, SHOP);
        outbound.disconnected(connection);
        outbound.connectFailed(token);
        assertThat(sample().connections().failed()).isEqualTo(1);
    }

    @Test
    void socketChannel_closedBeforeItWasConnected_hasFailed() throws IOException {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel connected = SocketChannel.open(server.getLocalAddress());
                SocketChannel pending = SocketChannel.open()) {
            outbound.connecting(connected, server.getLocalAddress());
            outbound.connecting(pending, server.getLocalAddress());
            outbound.disconnected(connected);
            outbound.disconnected(pending);

            assertThat(sample().connections().failed()).isEqualTo(1);
            assertThat(sample().name()).endsWith(":" + ((InetSocketAddress) server.getLocalAddress()).getPort());
        }
    }

    @Test
    void socket_thatIsForgotten_isNotInFlightForEver() throws InterruptedException {
        outbound.connecting(new Socket(), SHOP);
        do {
            System.gc();
            Thread.sleep(1);
            outbound.step(now);
        } while (sample().connections().now() > 0);
        assertThat(sample().connections().begun()).isZero();
    }

    @Test
    void remote_thatIsNoAddress_isNotCounted() {
        assertThat(outbound.connecting(new Object(), null)).isNull();
        assertThat(outbound.connecting(new Object(), "shop")).isNull();
    }

    @Test
    void downstreams_beyondAThousand_areCountedTogetherAndNeverAFanOut() {
        for (int port = 1; port <= 1_010; port++) {
            outbound.connecting(new Object(), InetSocketAddress.createUnresolved("peer", port));
        }
        outbound.sample(new Interval(now, SECOND, 0));
        look();
        assertThat(samples)
                .hasSize(1_001)
                .anySatisfy(sample -> assertThat(sample.name()).isEqualTo(Downstreams.OTHERS));
        assertThat(fanOuts).isEmpty();
    }

    @Test
    void downstream_idleForLong_isForgotten() {
        closeAll(open(2));
        outbound.sample(new Interval(now, SECOND, 0));
        outbound.sample(new Interval(now, SECOND, 0));
        outbound.sample(new Interval(now + 700 * SECOND, SECOND, 0));
        open(1);
        assertThat(sample().connections().highWater()).isEqualTo(1);
    }

    @Test
    void fanOut_atTheThreshold_isNotReported() {
        open(3);
        look();
        assertThat(fanOuts).isEmpty();
    }

    @Test
    void fanOut_isReportedOnceWithItsWholeNumber() {
        open(5);
        outbound.step(now);
        outbound.step(now + SECOND / 10);
        assertThat(fanOuts).as("may still grow").isEmpty();
        open(2);
        look();

        assertThat(fanOuts).hasSize(1);
        FanOut fanOut = fanOuts.get(0);
        assertThat(fanOut.downstream()).isEqualTo("shop.example:443");
        assertThat(fanOut.siteText()).isEqualTo("com.acme.Orders.find(Orders.java:57)");
        assertThat(fanOut.inFlight()).isEqualTo(7);
        assertThat(fanOut.highWater()).isEqualTo(7);
        assertThat(fanOut.threshold()).isEqualTo(3);
        assertThat(fanOut.perSecond()).isPositive();
        assertThat(fanOut.stack()).containsExactly(FIND);
    }

    @Test
    void fanOut_atTheEnd_isReportedAtOnce() {
        open(4);
        outbound.finish(now);
        assertThat(fanOuts).hasSize(1);
    }

    @Test
    void fanOut_thatDidNotFallBelowHalf_isNotReportedAgain() {
        List<Object> connections = open(4);
        look();
        closeAll(connections.subList(0, 2)); // 2 of a threshold of 3
        open(2);
        look();
        assertThat(fanOuts).hasSize(1);
    }

    @Test
    void fanOut_afterTheFirstWasOver_isReportedAgain() {
        closeAll(open(4));
        look();
        closeAll(open(4));
        look();
        assertThat(fanOuts).hasSize(2);
    }

    @Test
    void fanOut_ofTwoSites_isNone() {
        open(2);
        caller = new StackTraceElement("com.acme.Stock", "count", "Stock.java", 9);
        open(2);
        look();
        assertThat(fanOuts).isEmpty();
    }

    @Test
    void fanOut_ofAMethodAndItsLambda_isOfOneSite() {
        open(2);
        caller = LAMBDA;
        open(2);
        look();
        assertThat(fanOuts).hasSize(1);
    }

    @Test
    void fanOut_withoutAnySite_isOfTheDownstream() {
        caller = null;
        open(4);
        look();
        assertThat(fanOuts).singleElement().satisfies(fanOut -> {
            assertThat(fanOut.site()).isNull();
            assertThat(fanOut.siteText()).isEmpty();
        });
    }
}
