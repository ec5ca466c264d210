package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPolicies;
import net.bytebuddy.asm.Advice;

/** Another tool tells of the blocking call in progress. Enter only, as a constructor's exit cannot be guarded. */
public final class TellsAdvice {

    private TellsAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point) {
        StallsightPolicies.tells(point);
    }
}
