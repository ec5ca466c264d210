package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPolicies;
import net.bytebuddy.asm.Advice;

/** The subject, or without one what the method returns, can show what the agent knows. */
public final class HostAdvice {

    private HostAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Subject Object subject, @Taken Object result) {
        StallsightPolicies.hostSeen(point, subject == null ? result : subject);
    }
}
