package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In connections; the receiver is the connection, or the channel that accepts it. */
public final class ConnectionAdvice {

    private ConnectionAdvice() {}

    /** Around the method that begins a connect, which may go on after it returned. */
    public static final class Connect {

        private Connect() {}

        @Advice.OnMethodEnter
        static @Nullable Object enter(
                @PointId int point, @Advice.This Object connection, @Subject @Nullable Object remote) {
            return StallsightConnections.connectEnter(point, connection, remote);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable Object counted, @Advice.Thrown @Nullable Throwable failure) {
            StallsightConnections.connectExit(counted, failure);
        }
    }

    /** At the entry of a method that makes a connection of what was accepted. */
    public static final class Accept {

        private Accept() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object listening) {
            StallsightConnections.accept(point, listening);
        }
    }

    /** At the exit of the method that finishes a connect. */
    public static final class Connected {

        private Connected() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object connection) {
            StallsightConnections.connected(point, connection);
        }
    }

    /** At the entry of the close. */
    public static final class Disconnect {

        private Disconnect() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object connection) {
            StallsightConnections.disconnect(point, connection);
        }
    }

    /** At the exit of a read. */
    public static final class Read {

        private Read() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object connection) {
            StallsightConnections.read(point, connection);
        }
    }

    /** At the entry of a write. */
    public static final class Write {

        private Write() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object connection) {
            StallsightConnections.write(point, connection);
        }
    }
}
