package io.stallsight.engine.detect;

import io.stallsight.engine.config.TraceEvents;
import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.reflect.StreamBytes;
import io.stallsight.engine.reflect.TraceContexts;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.hook.StallsightArrivals;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightRequest;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightTick;
import io.stallsight.hook.StallsightVictims;
import io.stallsight.text.DurationText;

/**
 * The requests that held their loop for long, and those that stood still behind them. The loop's thread calls it when
 * its server has served one. The span that is current then gets an event, so an application's trace shows both sides of
 * a stall; no span is made.
 */
final class StalledRequests {

    private final RequestReader requests;
    private final LoopSockets sockets;
    private final TraceContexts traces;
    private final LiveSettings settings;
    private final boolean addsEvents;

    StalledRequests(Detection detection) {
        this.requests = detection.requests();
        this.sockets = detection.sockets();
        this.traces = detection.traces();
        this.settings = detection.settings();
        this.addsEvents = detection.traceEvents() == TraceEvents.ON;
    }

    /** A request was served for {@code nanos}. */
    void served(StallsightThread state, StallsightLoop loop, long nanos) {
        StallsightTick tick = loop.tick();
        if (tick.keepIfLongestRequest(requests.of(state.request()), nanos)) {
            tick.victims().heldBy(state.request().request());
        }
        boolean computed = 2 * (tick.blocked() + tick.locked()) < nanos; // a blocking call has an event of its own
        if (addsEvents && computed && nanos >= settings.get().stall()) {
            traces.addEvent(
                    "held event loop " + name(state) + " for " + DurationText.of(nanos) + ", not in blocking calls");
        }
    }

    /**
     * A slow tick is about to end: what waits for it is counted once more. By the loop's thread, for which that takes
     * {@value StreamBytes#MAX_COUNTED} us at the most.
     *
     * @param start {@link System#nanoTime()}
     */
    static void tickEnds(StallsightLoop loop, long start) {
        StallsightArrivals arrivals = loop.tick().victims().arrivals();
        if (arrivals == null || arrivals.tickStart() != start) {
            return;
        }
        boolean all = arrivals.size() <= StreamBytes.MAX_COUNTED;
        int counted = 0;
        for (int i = 0; i < arrivals.size() && counted < StreamBytes.MAX_COUNTED; i++) {
            if (all || arrivals.isFound(i)) {
                arrivals.endsWith(i, StreamBytes.of(arrivals, i));
                counted++;
            }
        }
    }

    /** The loop begins to process a message, while it is measured when requests come. */
    void messageRead(StallsightLoop loop, Object channel, Object message) {
        int bytes = sockets.length(message);
        int socket = bytes == LoopSockets.NONE ? LoopSockets.NONE : sockets.descriptor(channel);
        if (socket != LoopSockets.NONE) {
            loop.tick().victims().read(socket, bytes);
        }
    }

    /** The thread begins to serve a request, while it is measured when they come. */
    void begins(StallsightThread state, StallsightLoop loop) {
        StallsightTick tick = loop.tick();
        StallsightRequest begun = state.request();
        Object channel = tick.waiters().channel();
        int socket = channel == null ? LoopSockets.NONE : sockets.descriptor(channel);
        if (socket != LoopSockets.NONE) {
            boolean waits = tick.waiters().isServingWaiter();
            begun.setCame(
                    tick.victims().arrival(socket, sockets.undecoded(channel), loop.start(), begun.since(), waits));
        }
    }

    /**
     * A request was served that waited.
     *
     * @param late for what the running tick did before
     * @param waited for the last slow tick, or it may have
     */
    void waited(StallsightThread state, StallsightLoop loop, boolean late, boolean waited) {
        StallsightRequest served = state.request();
        String name = requests.ofOther(served).name();
        if (name.isEmpty()) {
            return;
        }
        StallsightVictims victims = loop.tick().victims();
        long begun = served.since();
        long came = served.came();
        boolean isMeasured = came != StallsightArrivals.UNKNOWN;
        long sum = 0;
        if (waited
                && (isMeasured
                        ? came - victims.lastEnd() < 0
                        : loop.tick().waiters().isServingWaiter())) {
            long until = late ? loop.start() : begun;
            long lost = isMeasured ? Math.max(0, until - came) : StallsightVictims.UNKNOWN;
            victims.waited(served.request(), served.isContinued(), name, served.route() != null, lost);
            sum += Math.max(0, lost);
        }
        if (late) {
            long since = isMeasured && came - loop.start() > 0 ? came : loop.start();
            long lost = Math.max(0, begun - since);
            victims.late(served.request(), served.isContinued(), name, served.route() != null, lost);
            sum += lost;
        }
        if (addsEvents && !served.isContinued() && sum >= settings.get().stall() / 2) {
            traces.addEvent("waited " + DurationText.of(sum) + " for event loop " + name(state));
        }
    }

    private static String name(StallsightThread state) {
        return ThreadFacts.name(state.thread());
    }
}
