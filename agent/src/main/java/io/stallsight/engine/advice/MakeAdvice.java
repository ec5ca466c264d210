package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;

/** A constructor: the receiver will connect, or ask for a connection. */
public final class MakeAdvice {

    private MakeAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Advice.This Object made) {
        StallsightConnections.made(point, made);
    }
}
