package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPolicies;
import net.bytebuddy.asm.Advice;

/** Around a method about which policies of the application are asked; they may refuse it. */
public final class PolicyAdvice {

    private PolicyAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@PointId int point) {
        return StallsightPolicies.policyEnter(point);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter boolean reported) {
        StallsightPolicies.policyExit(reported);
    }
}
