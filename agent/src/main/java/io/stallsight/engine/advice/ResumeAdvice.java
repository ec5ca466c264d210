package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The thread runs what somebody handed over. */
public final class ResumeAdvice {

    private ResumeAdvice() {}

    @Advice.OnMethodEnter
    static long enter(@PointId int point, @Subject @Nullable Object task) {
        return StallsightTasks.resume(point, task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter long before) {
        StallsightTasks.resumed(before);
    }
}
