package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A pool of connections turns to one of those who asked. */
public final class ServeAdvice {

    private ServeAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Taken @Nullable Object served) {
        StallsightConnections.serving(point, served);
    }
}
