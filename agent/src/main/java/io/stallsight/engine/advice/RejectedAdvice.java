package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** An executor refuses a task. */
public final class RejectedAdvice {

    private RejectedAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
        StallsightTasks.rejected(point, executor, task);
    }
}
