package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightCalls;
import io.stallsight.hook.StallsightSpan;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around work of the JVM itself (class loading): no call is watched from entry to exit. */
public final class QuietAdvice {

    private QuietAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable StallsightSpan enter(@PointId int point) {
        return StallsightCalls.quietEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter @Nullable StallsightSpan quiet) {
        if (quiet != null) {
            quiet.over = true; // here, not in a method: see StallsightSpan
        }
    }
}
