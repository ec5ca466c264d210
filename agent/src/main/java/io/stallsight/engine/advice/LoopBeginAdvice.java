package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** The thread begins to run an event loop. */
public final class LoopBeginAdvice {

    private LoopBeginAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point) {
        StallsightHook.loopBegins(point);
    }
}
