package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPolicies;
import net.bytebuddy.asm.Advice;

/** Policies of the application are asked about a call before it begins; they may refuse it. */
public final class AskedAdvice {

    private AskedAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightPolicies.ask(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter boolean told) {
        StallsightPolicies.asked(told);
    }
}
