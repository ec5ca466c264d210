package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightLeases;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In pools whose connections are borrowed and come back. */
public final class LeaseAdvice {

    private LeaseAdvice() {}

    /** Around the method of the pool that waits for a connection and returns it. */
    public static final class Begin {

        private Begin() {}

        @Advice.OnMethodEnter
        static @Nullable Object enter(@PointId int point, @ReceiverOrField Object pool) {
            return StallsightLeases.beginEnter(point, pool);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable Object lease, @Result @Nullable Object connection) {
            StallsightLeases.beginExit(lease, connection);
        }
    }

    /** At the entry of the method by which a connection, the subject, comes back. */
    public static final class End {

        private End() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Subject @Nullable Object connection) {
            StallsightLeases.end(point, connection);
        }
    }

    /** At the entry of the method that is called for a connection, and does not wait for it. */
    public static final class Ask {

        private Ask() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object pool) {
            StallsightLeases.ask(point, pool);
        }
    }
}
