package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHosts;
import net.bytebuddy.asm.Advice;

/** At the exit of a method that has what can show the agent's numbers: the subject, or else its result. */
public final class HostAdvice {

    private HostAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Subject Object subject, @Result Object result) {
        StallsightHosts.host(point, subject == null ? result : subject);
    }
}
