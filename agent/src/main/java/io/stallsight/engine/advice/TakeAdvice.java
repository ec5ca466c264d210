package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A worker waits for its next task from entry to exit, and takes it with it. */
public final class TakeAdvice {

    private TakeAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightHook.idleEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter boolean entered,
            @PointId int point,
            @Advice.This(optional = true) @Nullable Object executor,
            @Taken @Nullable Object task) {
        StallsightTasks.idleExitWith(entered, point, executor, task);
    }
}
