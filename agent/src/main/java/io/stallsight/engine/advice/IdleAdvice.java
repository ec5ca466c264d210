package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** A thread waits for work from entry to exit. */
public final class IdleAdvice {

    private IdleAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightHook.idleEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter boolean entered) {
        StallsightHook.idleExit(entered);
    }
}
