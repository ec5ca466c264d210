package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The thread turns to what the method returns, which somebody has handed over. */
public final class TurnAdvice {

    private TurnAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Taken @Nullable Object task) {
        StallsightTasks.turn(point, task);
    }
}
