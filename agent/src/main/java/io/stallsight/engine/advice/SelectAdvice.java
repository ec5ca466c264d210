package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** The JDK's selector implementation waits: its second argument is the timeout, 0 for {@code selectNow}. */
public final class SelectAdvice {

    private SelectAdvice() {}

    @Advice.OnMethodEnter
    static long enter(@PointId int point, @Advice.This Object selector, @Advice.Argument(1) long timeout) {
        return StallsightHook.selectEnter(point, selector, timeout);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter long token, @Advice.This Object selector) {
        StallsightHook.selectExit(token, selector);
    }
}
