package io.stallsight.engine.connection;

import io.stallsight.engine.fact.Request;
import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Callers;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightThread;
import org.jspecify.annotations.Nullable;

/** Finds out who connects, and where to, from the stack of the current thread. */
record StackOrigin(Callers callers, RequestReader requests) implements OutboundConnections.Origin {

    @Override
    public @Nullable StackTraceElement caller() {
        return callers.caller();
    }

    @Override
    public Crossing.Moment moment() {
        StallsightThread state = StallsightHook.current();
        return new Crossing.Moment(
                AgentFrames.withoutAgent(new Throwable().getStackTrace()),
                state == null ? Request.UNKNOWN : requests.orHandedOn(requests.of(state.request()), state.context()));
    }

    @Override
    public String name(@Nullable Object remote) {
        return Describer.remote(remote);
    }
}
