package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A worker begins to run a task that it took out of the queue of its executor. */
public final class RunAdvice {

    private RunAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Executing Object executor, @Subject @Nullable Object task) {
        StallsightTasks.taken(point, executor, task);
    }
}
