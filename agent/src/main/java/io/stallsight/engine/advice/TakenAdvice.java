package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A task leaves the queue of its executor. */
public final class TakenAdvice {

    private TakenAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Advice.This Object executor, @Taken @Nullable Object task) {
        StallsightTasks.taken(point, executor, task);
    }
}
