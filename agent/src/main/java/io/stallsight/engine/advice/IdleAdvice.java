package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightLoops;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a wait for work, from entry to exit. */
public final class IdleAdvice {

    private IdleAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightLoops.idleEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter boolean entered) {
        StallsightLoops.idleExit(entered);
    }

    /** Around a worker's wait for its next task, which the method returns. */
    public static final class Take {

        private Take() {}

        @Advice.OnMethodEnter
        static boolean enter(@PointId int point) {
            return StallsightLoops.idleEnter(point);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter boolean entered,
                @PointId int point,
                @Advice.This(optional = true) @Nullable Object executor,
                @Result @Nullable Object task) {
            StallsightLoops.takeIdleExit(entered, point, executor, task);
        }
    }
}
