package io.stallsight.engine.connection;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.rule.ConnectionRule;
import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.detect.ConnectionListener;
import io.stallsight.engine.detect.ExchangeListener;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.stack.Callers;
import io.stallsight.engine.stack.WalkLimit;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.frame.Frames;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outbound connections in flight, by downstream and by the site that opened them, and reports a site that
 * opens too many at once.
 *
 * <p>The problem: connects run on event loops, thousands in a second, and counting them takes time of the loop. So a
 * thread that connects counts and goes on: one identity map, a few atomic numbers. The site costs a stack walk of some
 * microseconds, a tenth of what a connect over loopback takes, and is looked for at most {@value #MAX_WALKS} times a
 * second; where nothing of the application is on the stack, the site is where the connection was made ({@link Makers}).
 * The sampling thread does everything else.
 *
 * <p>A connection is in flight from the hook in its connect to the one in its close. It is found again by identity and
 * held weakly, so that a socket which the application forgets without closing it does not count for ever.
 */
public final class OutboundConnections implements ConnectionListener, Sampler {

    private static final int MAX_WALKS = 1_000;

    /** The caller of a connect, and where it goes. Called on the thread that connects. */
    interface Origin {

        /** The application frame that opens the connection, or null if there is none. */
        @Nullable
        StackTraceElement caller();

        /** The whole stack, and the request that the thread works for. */
        Crossing.Moment moment();

        /** Name of a remote address, empty if it has none. */
        String name(@Nullable Object remote);
    }

    private final Origin origin;
    private final FactListener listener;
    private final ConnectionPorts ports;
    private final ConnectedMethods connected;
    private final Downstreams downstreams;
    private final ConcurrentHashMap<Object, Connection> connections = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final Makers makers = new Makers();
    private final WalkLimit walks = new WalkLimit(MAX_WALKS);

    private final Crossings crossings;
    private final OutboundExchanges exchanges;

    /**
     * @param threshold more connections or requests in flight from one site to one downstream are fan-out
     * @param samplingBell the sampling thread sleeps there
     */
    public OutboundConnections(
            Catalog catalog,
            Callers callers,
            RequestReader requests,
            int threshold,
            Doorbell samplingBell,
            FactListener listener) {
        this(
                new StackOrigin(callers, requests),
                catalog.connections(),
                new ConnectionPorts(catalog.addresses()),
                catalog.exchanges(),
                threshold,
                samplingBell,
                listener);
    }

    OutboundConnections(
            Origin origin,
            List<ConnectionRule> rules,
            ConnectionPorts ports,
            List<ExchangeRule> exchangeRules,
            int threshold,
            Doorbell samplingBell,
            FactListener listener) {
        this.origin = origin;
        this.connected = new ConnectedMethods(rules);
        this.ports = ports;
        this.downstreams = new Downstreams(threshold);
        this.listener = listener;
        this.crossings = new Crossings(samplingBell, listener);
        this.exchanges = new OutboundExchanges(origin, exchangeRules, downstreams, makers, crossings);
    }

    /** Takes the requests to the same downstreams. */
    public ExchangeListener exchanges() {
        return exchanges;
    }

    @Override
    public @Nullable Object connecting(Object connection, @Nullable Object remote) {
        if (connections.containsKey(Connection.key(connection))) {
            return null; // an inner connect of the same one, or one too many, which will throw
        }
        String name = origin.name(remote);
        if (name.isEmpty()) {
            return null;
        }
        StackTraceElement maker = makers.take(connection);
        StackTraceElement caller = walks.mayWalk() ? origin.caller() : null;
        StackTraceElement site = caller == null ? maker : caller;
        FlightCounter counter = downstreams.begin(name, FanOut.Operation.CONNECTION);
        Opener opener = counter.opener(site == null ? null : Frames.rule(site));
        Connection opened = new Connection(connection, gone, counter, opener);
        connections.put(opened, opened);
        crossings.add(opener.began(site, origin::moment));
        return opened;
    }

    @Override
    public void made(Object what) {
        makers.made(what, origin::caller);
    }

    @Override
    public void passed(Object from, Object to) {
        makers.passed(from, to);
    }

    @Override
    public void connectFailed(Object token) {
        if (token instanceof Connection connection) {
            Connection inFlight = connections.remove(connection);
            if (inFlight != null) {
                inFlight.ended();
            }
            connection.failed();
        }
    }

    @Override
    public void disconnected(Object closing) {
        if (connections.isEmpty()) {
            return;
        }
        Connection connection = connections.remove(Connection.key(closing));
        if (connection != null) {
            connection.ended();
            if (!connected.wasConnected(closing)) {
                connection.failed();
            }
        }
    }

    @Override
    public long key(Object connection) {
        return ports.key(connection);
    }

    @Override
    public void sample(Interval interval) {
        downstreams.sample(interval.end(), listener::observed);
    }

    /** A burst is reported when it has ended. */
    @Override
    public boolean rests() {
        return crossings.areReported();
    }

    @Override
    public void step(long now) {
        look(now, false);
    }

    @Override
    public void finish(long now) {
        look(now, true);
    }

    /** @param last whether there will be no further look, so that bursts are reported which may still grow */
    private void look(long now, boolean last) {
        for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
            Connection forgotten = connections.remove(lost);
            if (forgotten != null) {
                forgotten.ended();
            }
        }
        exchanges.endForgotten();
        makers.prune();
        crossings.look(now, last);
    }
}
