package io.stallsight.engine.connection;

import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Callers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out who connects, and where to, from the stack of the current thread. */
record StackOrigin(Callers callers) implements OutboundConnections.Origin {

    @Override
    public @Nullable StackTraceElement caller() {
        return callers.caller();
    }

    @Override
    public List<StackTraceElement> stack() {
        return AgentFrames.withoutAgent(new Throwable().getStackTrace());
    }

    @Override
    public String name(@Nullable Object remote) {
        return Describer.remote(remote);
    }
}
