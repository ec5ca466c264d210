package io.stallsight.engine.connection;

import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.detect.ExchangeListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.stack.WalkLimit;
import io.stallsight.frame.Frames;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightSpan;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outbound requests in flight, by downstream and by the site that sends them, and reports a site that sends
 * too many at once.
 *
 * <p>The problem: a connection of HTTP/2 carries hundreds of requests, so the number of connections says nothing of
 * them. A request is in flight from the hook at which its client begins it to the answer. The client's own object
 * stands for it: it is found again by identity and held weakly. The downstream's name is the one that its connections
 * have: host and port as the application names them, or the proxy.
 *
 * <p>Requests are more frequent than connects. The stack is walked for at most {@value #MAX_WALKS} of them a second;
 * where nothing of the application is on it, the site is where the request was made ({@link Makers}). Of the others the
 * site is unknown, never guessed.
 */
final class OutboundExchanges implements ExchangeListener {

    private static final int MAX_WALKS = 500;

    private final OutboundConnections.Origin origin;
    private final ExchangeRemotes remotes;
    private final Downstreams downstreams;
    private final Makers makers;
    private final Crossings crossings;
    private final ConcurrentHashMap<Object, Exchange> exchanges = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final WalkLimit walks = new WalkLimit(MAX_WALKS);

    OutboundExchanges(
            OutboundConnections.Origin origin,
            List<ExchangeRule> rules,
            Downstreams downstreams,
            Makers makers,
            Crossings crossings) {
        this.origin = origin;
        this.remotes = new ExchangeRemotes(rules);
        this.downstreams = downstreams;
        this.makers = makers;
        this.crossings = crossings;
    }

    @Override
    public void sent(Object exchange, CompletableFuture<?> answer) {
        Exchange begun = begin(exchange, answer, null);
        if (begun != null) {
            CompletableFuture<?> unused = answer.whenComplete((response, failure) -> answered(begun, failure));
        }
    }

    /** Runs on the thread that completes the answer, which the hooks must not see at work for the agent. */
    private void answered(Exchange exchange, @Nullable Throwable failure) {
        StallsightSpan work = StallsightHook.beginAgentWork();
        try {
            exchanges.remove(exchange);
            exchange.ended(failure != null);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        } finally {
            StallsightHook.endAgentWork(work);
        }
    }

    @Override
    public void began(Object exchange, @Nullable Object sender) {
        begin(exchange, exchange, sender);
    }

    @Override
    public void ended(Object exchange, @Nullable Object outcome) {
        Exchange ended = remove(exchange);
        if (ended != null) {
            ended.ended(outcome != null && remotes.isFailure(outcome));
        }
    }

    @Override
    public void failed(Object exchange) {
        Exchange ended = remove(exchange);
        if (ended != null) {
            ended.ended(true);
        }
    }

    private @Nullable Exchange remove(Object exchange) {
        return exchanges.isEmpty() ? null : exchanges.remove(IdentityReference.key(exchange));
    }

    /**
     * @param identity stands for the request as long as its client has it
     * @param sender the object whose maker is the site; null if there is none
     */
    private @Nullable Exchange begin(Object exchange, Object identity, @Nullable Object sender) {
        String name = remotes.name(exchange);
        if (name.isEmpty() || exchanges.containsKey(IdentityReference.key(identity))) {
            return null;
        }
        StackTraceElement maker = sender == null ? null : makers.of(sender);
        StackTraceElement site = maker == null && walks.mayWalk() ? origin.caller() : maker;
        FlightCounter requests = downstreams.begin(name, FanOut.Operation.REQUEST);
        Opener opener = requests.opener(site == null ? null : Frames.rule(site));
        Exchange begun = new Exchange(identity, gone, requests, opener);
        exchanges.put(begun, begun);
        crossings.add(opener.began(site, origin::moment));
        return begun;
    }

    /** Ends those that their clients have forgotten. Called by the sampling thread. */
    void endForgotten() {
        for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
            Exchange forgotten = exchanges.remove(lost);
            if (forgotten != null) {
                forgotten.ended(false);
            }
        }
    }
}
