package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightLoops;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In event loops and in the loops of workers. */
public final class LoopAdvice {

    private LoopAdvice() {}

    /** At the entry of the method that runs an event loop. */
    public static final class Begin {

        private Begin() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightLoops.loopBegin(point);
        }
    }

    /** At the entry of the method with which a thread leaves its loop for work that may block. */
    public static final class End {

        private End() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightLoops.loopEnd(point);
        }
    }

    /** At the entry of a method with which a loop goes on to its next piece of work without waiting. */
    public static final class Poll {

        private Poll() {}

        @Advice.OnMethodEnter
        static void enter(
                @PointId int point, @ReceiverOrField @Nullable Object executor, @Subject @Nullable Object task) {
            StallsightLoops.poll(point, executor, task);
        }
    }

    /** At the entry of a method that is one round of work of a loop. */
    public static final class Round {

        private Round() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightLoops.round(point);
        }
    }

    /** At the entry of the method that processes one I/O event. */
    public static final class Event {

        private Event() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object channel, @Subject @Nullable Object message) {
            StallsightLoops.event(point, channel, message);
        }
    }
}
