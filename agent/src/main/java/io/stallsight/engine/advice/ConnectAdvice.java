package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** An outbound connection is begun; the receiver is the connection. It may go on after the method has returned. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable Object enter(
            @PointId int point, @Advice.This Object connection, @Subject @Nullable Object remote) {
        return StallsightConnections.connectEnter(point, connection, remote);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable failure) {
        StallsightConnections.connectExit(token, failure);
    }
}
