package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;

/** Bytes were read from the receiver. */
public final class ReadAdvice {

    private ReadAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Advice.This Object connection) {
        StallsightConnections.read(point, connection);
    }
}
