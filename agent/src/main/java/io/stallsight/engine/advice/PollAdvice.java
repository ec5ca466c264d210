package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** A loop goes on to its next piece of work without waiting. */
public final class PollAdvice {

    private PollAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point) {
        StallsightHook.poll(point);
    }
}
