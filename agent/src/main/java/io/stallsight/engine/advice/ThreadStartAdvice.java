package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** A platform thread is about to be started by the current one. */
public final class ThreadStartAdvice {

    private ThreadStartAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object thread) {
        StallsightHook.threadStarting(point, thread);
    }
}
