package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A pool of connections is asked for one, from entry to exit. */
public final class AskAdvice {

    private AskAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable Object enter(@PointId int point, @Subject @Nullable Object asking) {
        return StallsightConnections.askEnter(point, asking);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
        StallsightConnections.askExit(before);
    }
}
