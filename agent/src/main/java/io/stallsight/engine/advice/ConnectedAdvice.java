package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;

/** The receiver's connect, begun before, is over. */
public final class ConnectedAdvice {

    private ConnectedAdvice() {}

    @Advice.OnMethodExit
    static void exit(@PointId int point, @Advice.This Object connection) {
        StallsightConnections.connected(point, connection);
    }
}
