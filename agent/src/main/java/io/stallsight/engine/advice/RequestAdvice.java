package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightRequests;
import io.stallsight.hook.StallsightSpan;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In servers, in frameworks that find the route of a request, and in tracers. */
public final class RequestAdvice {

    private RequestAdvice() {}

    /** Around the method in which the server calls the application for a request, the subject. */
    public static final class Serve {

        private Serve() {}

        @Advice.OnMethodEnter
        static @Nullable StallsightSpan enter(@PointId int point, @Subject @Nullable Object request) {
            return StallsightRequests.serveEnter(point, request);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable StallsightSpan served) {
            if (served != null) {
                served.over = true; // here, not in a method: see StallsightSpan
                StallsightRequests.serveExit(served);
            }
        }
    }

    /** At the entry of a method that gets the route, the subject. */
    public static final class Route {

        private Route() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Subject @Nullable Object route) {
            StallsightRequests.route(point, route);
        }
    }

    /** At the entry of a method with which a tracer opens or closes a scope. */
    public static final class Trace {

        private Trace() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightRequests.trace(point);
        }
    }
}
