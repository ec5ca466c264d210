package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightCalls;
import net.bytebuddy.asm.Advice;

/** Around work of the JVM itself (class loading): no call is watched from entry to exit. */
public final class QuietAdvice {

    private QuietAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightCalls.quietEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter boolean entered) {
        StallsightCalls.quietExit(entered);
    }
}
