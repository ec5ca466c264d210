package io.stallsight.engine.detect;

import org.jspecify.annotations.Nullable;

/** Takes outbound connections, on the thread that connects or closes: it has to be quick and must not block. */
public interface ConnectionListener {

    /**
     * A connection is about to be made.
     *
     * @param remote where to, as the library has it: usually a {@link java.net.SocketAddress}
     * @return stands for the connection in {@link #connectFailed}; null if it is not counted
     */
    @Nullable
    Object connecting(Object connection, @Nullable Object remote);

    /** The local port times 2^16, and the remote one; 0 if they are not known. */
    long key(Object connection);

    /** {@code what} will connect or ask for a connection, and was made by the current thread. */
    default void made(Object what) {}

    /** What {@code from} was made by, {@code to} is made by as well. */
    default void passed(Object from, Object to) {}

    /** The connect threw; {@code token} is what {@link #connecting} returned. */
    void connectFailed(Object token);

    /** A connection is about to be closed, which may be one that was accepted or that is closed again. */
    void disconnected(Object connection);
}
