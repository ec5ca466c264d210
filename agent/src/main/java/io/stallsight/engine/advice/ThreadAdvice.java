package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightThreads;
import net.bytebuddy.asm.Advice;

/** In platform threads. */
public final class ThreadAdvice {

    private ThreadAdvice() {}

    /** At the entry of {@code start}, on the starting thread. */
    public static final class Start {

        private Start() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object thread) {
            StallsightThreads.threadStart(point, thread);
        }
    }

    /** At the entry of the method that the JVM calls when {@code run} has returned, on the ending thread. */
    public static final class End {

        private End() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightThreads.threadEnd(point);
        }
    }
}
