package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In pools of connections. */
public final class BorrowAdvice {

    private BorrowAdvice() {}

    /** Around the method with which a borrower, the subject, calls the pool. */
    public static final class Borrow {

        private Borrow() {}

        @Advice.OnMethodEnter
        static @Nullable Object enter(@PointId int point, @Subject @Nullable Object borrower) {
            return StallsightConnections.borrowEnter(point, borrower);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable Object before) {
            StallsightConnections.borrowExit(before);
        }
    }

    /** At the exit of the method that returns the borrower to which the pool turns. */
    public static final class Lend {

        private Lend() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Result @Nullable Object borrower) {
            StallsightConnections.lend(point, borrower);
        }
    }
}
