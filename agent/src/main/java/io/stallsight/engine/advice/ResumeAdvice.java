package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The thread runs what somebody handed over. */
public final class ResumeAdvice {

    private ResumeAdvice() {}

    @Advice.OnMethodEnter
    static long enter(@PointId int point, @Subject @Nullable Object task) {
        return StallsightHook.resume(point, task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter long before) {
        StallsightHook.resumed(before);
    }
}
