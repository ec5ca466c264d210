package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightLoops;
import io.stallsight.hook.StallsightSpan;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a wait for work, from entry to exit. */
public final class IdleAdvice {

    private IdleAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable StallsightSpan enter(@PointId int point) {
        return StallsightLoops.idleEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter @Nullable StallsightSpan idle) {
        if (idle != null) {
            idle.over = true; // here, not in a method: see StallsightSpan
            StallsightLoops.idleExit(idle);
        }
    }

    /** Around a loop's wait that returns the number of ready I/O events. */
    public static final class Count {

        private Count() {}

        @Advice.OnMethodEnter
        static @Nullable StallsightSpan enter(@PointId int point) {
            return StallsightLoops.idleEnter(point);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable StallsightSpan idle, @Advice.Return int ready) {
            if (idle != null) {
                idle.over = true; // here, not in a method: see StallsightSpan
                StallsightLoops.countIdleExit(idle, ready);
            }
        }
    }

    /** As {@link Count}, of a method that returns the number in the upper half of a {@code long}. */
    public static final class CountUpper {

        private CountUpper() {}

        @Advice.OnMethodEnter
        static @Nullable StallsightSpan enter(@PointId int point) {
            return StallsightLoops.idleEnter(point);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable StallsightSpan idle, @Advice.Return long ready) {
            if (idle != null) {
                idle.over = true; // here, not in a method: see StallsightSpan
                StallsightLoops.countIdleExit(idle, (int) (ready >> 32));
            }
        }
    }

    /** Around what a loop does between two rounds of work. */
    public static final class Round {

        private Round() {}

        @Advice.OnMethodEnter
        static @Nullable StallsightSpan enter(@PointId int point, @Work int work) {
            return StallsightLoops.roundIdleEnter(point, work);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable StallsightSpan idle) {
            if (idle != null) {
                idle.over = true; // here, not in a method: see StallsightSpan
                StallsightLoops.roundIdleExit(idle);
            }
        }
    }

    /** Around a worker's wait for its next task, which the method returns. */
    public static final class Take {

        private Take() {}

        @Advice.OnMethodEnter
        static @Nullable StallsightSpan enter(@PointId int point) {
            return StallsightLoops.idleEnter(point);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable StallsightSpan idle,
                @PointId int point,
                @Advice.This(optional = true) @Nullable Object executor,
                @Result @Nullable Object task) {
            if (idle != null) {
                idle.over = true; // here, not in a method: see StallsightSpan
            }
            StallsightLoops.takeIdleExit(idle, point, executor, task);
        }
    }
}
