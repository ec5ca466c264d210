package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The thread hands something over that another one will run. */
public final class CarryAdvice {

    private CarryAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Subject @Nullable Object task) {
        StallsightTasks.carry(point, task);
    }
}
