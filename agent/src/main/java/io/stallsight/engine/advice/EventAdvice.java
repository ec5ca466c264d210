package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** A loop begins to process one I/O event. */
public final class EventAdvice {

    private EventAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point) {
        StallsightHook.event(point);
    }
}
