package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;

/** A connection is closed; the receiver is the connection. */
public final class DisconnectAdvice {

    private DisconnectAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object connection) {
        StallsightConnections.disconnected(point, connection);
    }
}
