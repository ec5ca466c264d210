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

    /** Around a loop's wait that returns the number of ready I/O events. */
    public static final class Count {

        private Count() {}

        @Advice.OnMethodEnter
        static boolean enter(@PointId int point) {
            return StallsightLoops.idleEnter(point);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter boolean entered, @Advice.Return int ready) {
            StallsightLoops.countIdleExit(entered, ready);
        }
    }

    /** As {@link Count}, of a method that returns the number in the upper half of a {@code long}. */
    public static final class CountUpper {

        private CountUpper() {}

        @Advice.OnMethodEnter
        static boolean enter(@PointId int point) {
            return StallsightLoops.idleEnter(point);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter boolean entered, @Advice.Return long ready) {
            StallsightLoops.countIdleExit(entered, (int) (ready >> 32));
        }
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
