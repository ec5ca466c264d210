package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** The JVM calls this method on a platform thread when its {@code run} has returned. */
public final class ThreadEndAdvice {

    private ThreadEndAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point) {
        StallsightHook.threadEnding(point);
    }
}
