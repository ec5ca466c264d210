package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** Nothing is watched on the thread from entry to exit. */
public final class QuietAdvice {

    private QuietAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightHook.quietEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter boolean entered) {
        StallsightHook.quietExit(entered);
    }
}
