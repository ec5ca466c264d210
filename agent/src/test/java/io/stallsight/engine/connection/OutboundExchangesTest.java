package io.stallsight.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.detect.ExchangeListener;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.InFlight;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.watch.Interval;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests play the hooks; the clock is theirs. */
class OutboundExchangesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final StackTraceElement FIND = new StackTraceElement("com.acme.Orders", "find", "Orders.java", 57);
    private static final InetSocketAddress SHOP = InetSocketAddress.createUnresolved("shop.example", 443);

    /** What a client has of a request. */
    static final class Call {
        final URI uri;
        final Proxy proxy;

        Call(String uri, Proxy proxy) {
            this.uri = URI.create(uri);
            this.proxy = proxy;
        }
    }

    /** What leads to a place with an entry of its own. */
    record Led(Object to) {}

    record Place(String host, int port) {}

    record Outcome(Throwable cause) {}

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
                    return new Crossing.Moment(List.of(FIND), Request.UNKNOWN);
                }

                @Override
                public String name(Object remote) {
                    return Describer.remote(remote);
                }
            },
            List.of(),
            new ConnectionPorts(List.of()),
            List.of(
                    new ExchangeRule(Call.class.getName(), "uri", null, null, "proxy", null),
                    new ExchangeRule(Led.class.getName(), "to", null, null, null, null),
                    new ExchangeRule(Place.class.getName(), null, "host", "port", null, null),
                    new ExchangeRule(Outcome.class.getName(), null, null, null, null, "cause")),
            3,
            new Doorbell(),
            fact -> {
                if (fact instanceof DownstreamSample sample) {
                    samples.add(sample);
                } else if (fact instanceof FanOut fanOut) {
                    fanOuts.add(fanOut);
                }
            });
    private final ExchangeListener exchanges = outbound.exchanges();

    private static Call call() {
        return new Call("https://shop.example/orders", null);
    }

    private List<CompletableFuture<String>> begin(int number) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            exchanges.sent(call(), answer);
            answers.add(answer);
        }
        return answers;
    }

    private DownstreamSample sample() {
        samples.clear();
        outbound.sample(new Interval(now, SECOND, 0));
        assertThat(samples).hasSize(1);
        return samples.get(0);
    }

    @Test
    void requests_areCountedBesideTheConnections_underTheSameName() {
        outbound.connecting(new Object(), SHOP);
        List<CompletableFuture<String>> answers = begin(3);
        answers.get(0).complete("order");
        answers.get(1).cancel(true);

        assertThat(sample())
                .isEqualTo(new DownstreamSample(
                        now, "shop.example:443", new InFlight(1, 1, 1, 1, 0), new InFlight(1, 3, 3, 3, 1)));
    }

    @Test
    void answer_thatIsThereAtOnce_endsTheRequest() {
        exchanges.sent(call(), CompletableFuture.completedFuture("order"));

        assertThat(sample().requests()).isEqualTo(new InFlight(0, 1, 1, 1, 0));
    }

    @Test
    void ended_byTheClientsObject_isNotInFlight() {
        Call call = call();
        exchanges.began(call, null);
        exchanges.began(call, null); // the same one
        exchanges.failed(call);
        exchanges.ended(call, new IOException());
        exchanges.ended(new Object(), null);

        assertThat(sample().requests()).isEqualTo(new InFlight(0, 1, 1, 1, 1));
    }

    @Test
    void name_isFoundByTheEntryOfWhatAPathLeadsTo() {
        exchanges.began(new Led(new Place("shop.example", 443)), null);
        exchanges.began(new Led("shop.example:443"), null);
        exchanges.began(new Led("shop.example"), null); // no name of a connection
        exchanges.began(new Led(null), null);

        assertThat(sample().name()).isEqualTo("shop.example:443");
        assertThat(sample().requests().now()).isEqualTo(2);
    }

    @Test
    void outcome_saysWhetherTheRequestHasFailed() {
        List<Object> outcomes = new ArrayList<>(List.of(new Outcome(null), "an answer"));
        outcomes.add(null);
        for (Object outcome : outcomes) {
            Call call = call();
            exchanges.began(call, null);
            exchanges.ended(call, outcome);
        }
        assertThat(sample().requests()).isEqualTo(new InFlight(0, 1, 1, 3, 0));
        for (Object outcome : List.of(new Outcome(new IOException()), new IOException())) {
            Call call = call();
            exchanges.began(call, null);
            exchanges.ended(call, outcome);
        }
        assertThat(sample().requests()).isEqualTo(new InFlight(0, 1, 1, 2, 2));
    }

    @Test
    void name_isThatOfTheConnection() {
        exchanges.began(new Call("http://[::1]/", null), null);
        outbound.connecting(new Object(), new InetSocketAddress("::1", 80));
        outbound.sample(new Interval(now, SECOND, 0));
        assertThat(samples).extracting(DownstreamSample::name).containsExactly("[0:0:0:0:0:0:0:1]:80");
    }

    @Test
    void name_behindAProxy_isTheProxy() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128));
        Call call = new Call("https://shop.example/", proxy);
        exchanges.began(call, null);
        assertThat(sample().name()).isEqualTo("proxy.example:3128");
    }

    @Test
    void began_withoutAnAddress_isNotCounted() {
        exchanges.began(new Call("mailto:shop@example", null), null);
        exchanges.began(new Object(), null);
        outbound.sample(new Interval(now, SECOND, 0));
        assertThat(samples).isEmpty();
    }

    @Test
    void fanOut_overOneConnection_isOfRequests() {
        outbound.connecting(new Object(), SHOP);
        List<CompletableFuture<String>> answers = begin(5);
        outbound.finish(now);
        answers.forEach(answer -> answer.complete("order"));

        assertThat(fanOuts).singleElement().satisfies(fanOut -> {
            assertThat(fanOut.operation()).isEqualTo(FanOut.Operation.REQUEST);
            assertThat(fanOut.site()).isEqualTo(FIND);
            assertThat(fanOut.inFlight()).isEqualTo(5);
            assertThat(fanOut.highWater()).isEqualTo(5);
            assertThat(fanOut.headline()).isEqualTo("5 requests to shop.example:443 at once");
        });
    }

    @Test
    void fanOut_withAConnectionForEachRequest_isReportedOnce() {
        List<CompletableFuture<String>> answers = begin(4);
        outbound.step(now);
        outbound.step(now + SECOND / 10);
        List<Object> connections = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // the client connects on its own threads, a little later
            Object connection = new Object();
            outbound.connecting(connection, SHOP);
            connections.add(connection);
        }
        outbound.step(now + SECOND / 4); // the requests have not grown for long, but the connections have
        outbound.finish(now + SECOND / 3);

        assertThat(connections).hasSameSizeAs(answers);
        assertThat(fanOuts).extracting(FanOut::operation).containsExactly(FanOut.Operation.CONNECTION);
    }

    @Test
    void fanOut_onceAllAreConnected_isReportedOnce() {
        List<Object> connections = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Object connection = new Object();
            outbound.connecting(connection, SHOP);
            connections.add(connection);
        }
        outbound.finish(now);
        List<CompletableFuture<String>> answers = begin(5);
        outbound.finish(now + 5 * SECOND);

        assertThat(connections).hasSameSizeAs(answers);
        assertThat(fanOuts).extracting(FanOut::operation).containsExactly(FanOut.Operation.CONNECTION);
    }

    @Test
    void site_ofASender_isWhereItWasMade() {
        Object sender = new Object();
        outbound.made(sender);
        caller = null;
        List<Call> calls = List.of(call(), call(), call(), call());
        calls.forEach(call -> exchanges.began(call, sender));
        outbound.finish(now);

        assertThat(fanOuts).extracting(FanOut::site).containsExactly(FIND);
    }

    @Test
    void fanOut_overConnectionsThatWereOpen_isOfRequests() {
        List<Object> connections = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Object connection = new Object();
            outbound.connecting(connection, SHOP);
            connections.add(connection);
        }
        outbound.finish(now);
        List<CompletableFuture<String>> answers = begin(5);
        outbound.finish(now + 11 * SECOND);

        assertThat(connections).hasSameSizeAs(answers);
        assertThat(fanOuts)
                .extracting(FanOut::operation)
                .containsExactly(FanOut.Operation.CONNECTION, FanOut.Operation.REQUEST);
    }

    @Test
    void fanOut_burstAfterBurst_isReportedOnceInTenSeconds() {
        for (int i = 0; i < 5; i++) {
            begin(4).forEach(answer -> answer.complete("order"));
            outbound.finish(System.nanoTime());
        }
        assertThat(fanOuts).hasSize(1);
    }

    @Test
    void forgotten_byItsClient_isNotInFlightForEver() throws InterruptedException {
        begin(1);
        do {
            System.gc();
            Thread.sleep(1);
            outbound.step(now);
        } while (sample().requests().now() > 0);
        assertThat(sample().requests().failed()).isZero();
    }
}
