package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPolicies;
import net.bytebuddy.asm.Advice;

/** The engine may do what the method was about to do; its body is left out then. */
public final class TakeOverAdvice {

    private TakeOverAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@PointId int point, @Advice.This Object tool) {
        return StallsightPolicies.takeOver(point, tool);
    }
}
