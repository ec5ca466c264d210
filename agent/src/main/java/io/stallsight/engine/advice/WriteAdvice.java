package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;

/** Bytes are about to be written to the receiver. */
public final class WriteAdvice {

    private WriteAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object connection) {
        StallsightConnections.wrote(point, connection);
    }
}
