package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A task goes to a worker without having been queued. */
public final class HandedAdvice {

    private HandedAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
        StallsightTasks.handed(point, executor, task);
    }
}
