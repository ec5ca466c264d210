package io.stallsight.engine.detect;

import io.stallsight.engine.config.TraceEvents;
import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.reflect.TraceContexts;
import io.stallsight.engine.reflect.UnreadBytes;
import io.stallsight.engine.thread.ThreadFacts;
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
        long sum = 0;
        int socket = waited ? descriptor(loop) : LoopSockets.NONE;
        if (waited && (wasFound(loop, socket) || loop.tick().waiters().isServingWaiter())) {
            long lost = victims.waited(
                    served.request(),
                    served.isContinued(),
                    name,
                    served.route() != null,
                    socket,
                    socket == LoopSockets.NONE ? UnreadBytes.UNKNOWN : UnreadBytes.of(socket),
                    late ? loop.start() : begun);
            sum += Math.max(0, lost);
        }
        if (late) {
            long lost = Math.max(0, begun - loop.start());
            victims.late(served.request(), served.isContinued(), name, served.route() != null, lost);
            sum += lost;
        }
        if (addsEvents && !served.isContinued() && sum >= settings.get().stall() / 2) {
            traces.addEvent("waited " + DurationText.of(sum) + " for event loop " + name(state));
        }
    }

    /** Whether the kernel had the request while the slow tick ran, which did not read it. */
    private static boolean wasFound(StallsightLoop loop, int socket) {
        StallsightTick tick = loop.tick();
        return tick.victims().isFound(socket, tick.waiters().eventsWithChannel());
    }

    /** Of the connection whose event the loop processes. */
    private int descriptor(StallsightLoop loop) {
        Object channel = loop.tick().waiters().channel();
        return channel == null || !loop.tick().victims().knowsArrivals()
                ? LoopSockets.NONE
                : sockets.descriptor(channel);
    }

    private static String name(StallsightThread state) {
        return ThreadFacts.name(state.thread());
    }
}
