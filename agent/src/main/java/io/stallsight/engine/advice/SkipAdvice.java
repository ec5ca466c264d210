package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightFrames;
import net.bytebuddy.asm.Advice;

/** The method returns how many frames are left out at the top of a stack that is about to be recorded. */
public final class SkipAdvice {

    private SkipAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Advice.Return(readOnly = false) int skipped) {
        skipped = StallsightFrames.skip(point, skipped);
    }
}
