package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The receiver becomes the business of an executor, which is an argument. */
public final class StartAdvice {

    private StartAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object what, @Subject @Nullable Object executor) {
        StallsightTasks.started(point, what, executor);
    }
}
