package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightExchanges;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In clients: where an outbound request begins, and where it is over. */
public final class ExchangeAdvice {

    private ExchangeAdvice() {}

    /** At the exit of the method that begins a request, the receiver, and returns the future of its answer. */
    public static final class Send {

        private Send() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object exchange, @Result @Nullable Object answer) {
            StallsightExchanges.send(point, exchange, answer);
        }
    }

    /** At the entry of the method by which its receiver begins a request, the subject. */
    public static final class Begin {

        private Begin() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Subject @Nullable Object exchange, @Advice.This Object sender) {
            StallsightExchanges.begin(point, exchange, sender);
        }
    }

    /** At the entry of the method with which a request, the receiver or its field, is over, with the subject. */
    public static final class End {

        private End() {}

        @Advice.OnMethodEnter
        static void enter(
                @PointId int point, @ReceiverOrField @Nullable Object exchange, @Subject @Nullable Object outcome) {
            StallsightExchanges.end(point, exchange, outcome);
        }
    }

    /** At the entry of the method with which a request, the receiver or its field, has failed or is cancelled. */
    public static final class Fail {

        private Fail() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @ReceiverOrField @Nullable Object exchange) {
            StallsightExchanges.fail(point, exchange);
        }
    }
}
