package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPermits;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In semaphores, and in classes that limit work by one. */
public final class PermitAdvice {

    private PermitAdvice() {}

    /** At the exit of the constructor of a semaphore. */
    public static final class Make {

        private Make() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object semaphore) {
            StallsightPermits.make(point, semaphore);
        }
    }

    /** At the entry of a method of the object that has the semaphore in a field. */
    public static final class Own {

        private Own() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object owner, @ReceiverOrField @Nullable Object semaphore) {
            StallsightPermits.own(point, owner, semaphore);
        }
    }

    /** Around a method that returns when it has the permits. */
    public static final class Acquire {

        private Acquire() {}

        @Advice.OnMethodEnter
        static @Nullable Object enter(@PointId int point, @Advice.This Object semaphore, @Work int permits) {
            return StallsightPermits.acquireEnter(point, semaphore, permits);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object begun, @Work int permits, @Advice.Thrown @Nullable Throwable failure) {
            StallsightPermits.acquireExit(begun, permits, failure == null);
        }
    }

    /** Around a method that returns whether it has the permits. */
    public static final class Try {

        private Try() {}

        @Advice.OnMethodEnter
        static @Nullable Object enter(@PointId int point, @Advice.This Object semaphore, @Work int permits) {
            return StallsightPermits.acquireEnter(point, semaphore, permits);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable Object begun, @Work int permits, @Advice.Return boolean acquired) {
            StallsightPermits.acquireExit(begun, permits, acquired);
        }
    }

    /** At the entry of the release. */
    public static final class Release {

        private Release() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object semaphore, @Work int permits) {
            StallsightPermits.release(point, semaphore, permits);
        }
    }
}
