package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Where the origin of a later connection is known: the code that makes what will connect. */
public final class OriginAdvice {

    private OriginAdvice() {}

    /** At the exit of the constructor of what will connect, or borrow a connection. */
    public static final class Make {

        private Make() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object made) {
            StallsightConnections.make(point, made);
        }
    }

    /** At the entry of a method that passes the origin of the subject on. */
    public static final class Pass {

        private Pass() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @ReceiverOrField @Nullable Object to, @Subject @Nullable Object from) {
            StallsightConnections.pass(point, from, to);
        }
    }
}
