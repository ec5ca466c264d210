package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A task is put into the queue of its executor. */
public final class QueuedAdvice {

    private QueuedAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
        StallsightTasks.queued(point, executor, task);
    }
}
