package io.stallsight.engine.connection;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.ConnectionRule;
import io.stallsight.engine.detect.ConnectionListener;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.stack.Callers;
import io.stallsight.engine.stack.WalkLimit;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.frame.Frames;
import io.stallsight.hook.StallsightErrors;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Outbound connections in flight, by where they go and who opened them.
 *
 * <p>Threads that connect count and go on: an identity map and a few atomics. The frame to blame costs a stack walk of
 * some microseconds, a tenth of what a connect over loopback takes, and is asked for no more than {@value #MOST_WALKS}
 * times a second. Everything else is done by the sampling thread.
 */
public final class Downstreams implements ConnectionListener, Sampler {

    /** Stands for the downstreams beyond the first thousand. */
    static final String OTHERS = "others";

    private static final int MOST_DOWNSTREAMS = 1_000;
    private static final int MOST_WALKS = 1_000;

    /** A downstream that is idle for so long is forgotten, and makes room for another. */
    private static final long FORGET = TimeUnit.MINUTES.toNanos(10);

    /**
     * What has not grown for so long does not grow any more; on a busy machine threads that connect stop for a while.
     */
    private static final long STILL = TimeUnit.MILLISECONDS.toNanos(200);

    /** A crossing whose number still grows is told at the latest after that. */
    private static final long GROWING = TimeUnit.SECONDS.toNanos(2);

    /** Who connects, asked on the thread that does. */
    interface Origin {

        /** The application frame that opens the connection, or null if there is none. */
        @Nullable
        StackTraceElement caller();

        /** The whole stack, without frames of the agent. */
        List<StackTraceElement> stack();

        /** Name of a remote address, empty if it has none. */
        String name(@Nullable Object remote);
    }

    private final Origin origin;
    private final int threshold;
    private final FactListener listener;
    private final List<ConnectionRule> rules;
    private final ConcurrentHashMap<Object, Connection> connections = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Downstream> downstreams = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final Queue<Opener.Crossing> crossings = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Opener.Crossing> growing = new ArrayDeque<>();
    private final ConnectionPorts ports;
    private final Makers makers = new Makers();
    private final WalkLimit walks = new WalkLimit(MOST_WALKS);
    private final ClassValue<ConnectedMethod> connectedMethods = new ClassValue<>() {
        @Override
        protected ConnectedMethod computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** Null where the catalog does not know how to ask. */
    private record ConnectedMethod(@Nullable Method method) {}

    /** @param threshold more connections in flight from one site to one downstream are fan-out */
    public Downstreams(Catalog catalog, Callers callers, int threshold, FactListener listener) {
        this(
                new StackOrigin(callers),
                catalog.connections(),
                new ConnectionPorts(catalog.addresses()),
                threshold,
                listener);
    }

    Downstreams(
            Origin origin, List<ConnectionRule> rules, ConnectionPorts ports, int threshold, FactListener listener) {
        this.origin = origin;
        this.rules = rules;
        this.ports = ports;
        this.threshold = threshold;
        this.listener = listener;
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
        Downstream downstream = open(name);
        Opener opener = downstream.opener(site == null ? null : Frames.rule(site));
        Connection opened = new Connection(connection, gone, downstream, opener);
        connections.put(opened, opened);
        Opener.Crossing crossing = opener.opened(site, origin::stack);
        if (crossing != null && !downstream.name.equals(OTHERS)) {
            crossings.add(crossing);
        }
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

    /**
     * Finds or makes the downstream, and counts a connection before anybody could forget it again. That takes a lock of
     * the map only where nothing is in flight: loops that connect at once must not queue for each other here.
     */
    private Downstream open(String name) {
        Downstream inUse = downstreams.get(name);
        if (inUse != null && inUse.openedBesideOthers()) {
            return inUse;
        }
        String key = downstreams.containsKey(name) || downstreams.size() < MOST_DOWNSTREAMS ? name : OTHERS;
        return downstreams.compute(key, (same, known) -> {
            Downstream downstream = known == null ? new Downstream(key, threshold, System.nanoTime()) : known;
            downstream.opened();
            return downstream;
        });
    }

    @Override
    public void connectFailed(Object token) {
        if (token instanceof Connection connection) {
            end(connections.remove(connection));
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
            end(connection);
            if (!wasConnected(closing)) {
                connection.failed();
            }
        }
    }

    private static void end(@Nullable Connection connection) {
        if (connection != null) {
            connection.opener.closed();
            connection.downstream.closed();
        }
    }

    /** What the library does not tell is taken for a connection that had been established. */
    private boolean wasConnected(Object connection) {
        Method method = connectedMethods.get(connection.getClass()).method;
        try {
            return method == null || !Boolean.FALSE.equals(method.invoke(connection));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return true;
        }
    }

    private ConnectedMethod find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (ConnectionRule rule : rules) {
                if (rule.className().equals(at.getName())) {
                    try {
                        Method method = at.getMethod(rule.connected());
                        return new ConnectedMethod(method.trySetAccessible() ? method : null);
                    } catch (NoSuchMethodException | RuntimeException e) {
                        StallsightErrors.suppress(e);
                    }
                }
            }
        }
        return new ConnectedMethod(null);
    }

    @Override
    public long key(Object connection) {
        return ports.key(connection);
    }

    @Override
    public void sample(Interval interval) {
        long now = interval.end();
        for (Downstream downstream : downstreams.values()) {
            DownstreamSample sample = downstream.sample(now);
            if (sample != null) {
                listener.observed(sample);
            } else if (downstream.idleFor(now) > FORGET) {
                downstreams.computeIfPresent(
                        downstream.name, (name, known) -> known.idleFor(now) > FORGET ? null : known);
            }
        }
    }

    @Override
    public void step(long now) {
        look(now, false);
    }

    @Override
    public void finish(long now) {
        look(now, true);
    }

    /**
     * Reports what has crossed the threshold.
     *
     * @param last whether there will be no further call
     */
    void look(long now, boolean last) {
        for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
            end(connections.remove(lost));
        }
        makers.prune();
        for (Opener.Crossing crossing = crossings.poll(); crossing != null; crossing = crossings.poll()) {
            growing.add(crossing);
        }
        for (Iterator<Opener.Crossing> all = growing.iterator(); all.hasNext(); ) {
            Opener.Crossing crossing = all.next();
            int peak = crossing.peak.get();
            if (peak != crossing.lastPeak) {
                crossing.lastPeak = peak;
                crossing.grewAt = now;
            }
            if (last || now - crossing.grewAt >= STILL || now - crossing.since > GROWING) {
                all.remove();
                listener.observed(new FanOut(
                        now,
                        crossing.downstream.name,
                        crossing.site,
                        threshold,
                        peak,
                        crossing.downstream.highWater(),
                        crossing.downstream.connectsPerSecond(now),
                        crossing.stack));
            }
        }
    }
}
