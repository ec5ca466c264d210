package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightContexts;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Where the work of one context goes to another thread or waits for later. */
public final class ContextAdvice {

    private ContextAdvice() {}

    /** At the entry of the method that hands the subject over. */
    public static final class Carry {

        private Carry() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Subject @Nullable Object task) {
            StallsightContexts.carry(point, task);
        }
    }

    /** At the entry of the method that hands the subject over, which works for all that hand it over. */
    public static final class Share {

        private Share() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Subject @Nullable Object task) {
            StallsightContexts.share(point, task);
        }
    }

    /** At the exit of the constructor of what runs later. */
    public static final class Create {

        private Create() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object task) {
            StallsightContexts.carry(point, task);
        }
    }

    /** Around the method that runs the subject in the middle of other work. */
    public static final class Resume {

        private Resume() {}

        @Advice.OnMethodEnter
        static long enter(@PointId int point, @Subject @Nullable Object task) {
            return StallsightContexts.resumeEnter(point, task);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter long before) {
            StallsightContexts.resumeExit(before);
        }
    }

    /** At the exit of the method that returns the work to which the thread turns. */
    public static final class Turn {

        private Turn() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Result @Nullable Object task) {
            StallsightContexts.turn(point, task);
        }
    }
}
