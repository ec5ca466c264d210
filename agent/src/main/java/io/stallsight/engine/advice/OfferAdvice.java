package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A task is put into the queue of its executor, which throws if it refuses the task. */
public final class OfferAdvice {

    private OfferAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
        StallsightTasks.queued(point, executor, task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @PointId int point,
            @Advice.This Object executor,
            @Subject @Nullable Object task,
            @Advice.Thrown @Nullable Throwable failure) {
        StallsightTasks.offered(point, executor, task, failure);
    }
}
