package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightThreads;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In threads. */
public final class ThreadAdvice {

    private ThreadAdvice() {}

    /** Around {@code start}, on the starting thread. */
    public static final class Start {

        private Start() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object thread) {
            StallsightThreads.threadStart(point, thread);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@PointId int point, @Advice.This Object thread, @Advice.Thrown @Nullable Throwable failure) {
            StallsightThreads.threadStarted(point, thread, failure);
        }
    }

    /** At the entry of a method that is called when {@code run} has returned, on the ending thread. */
    public static final class End {

        private End() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightThreads.threadEnd(point);
        }
    }
}
