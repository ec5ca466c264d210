package io.stallsight.engine.detect;

import org.jspecify.annotations.Nullable;

/** Takes outbound connections, on the thread that connects or closes. It must be quick and must not block. */
public interface ConnectionListener {

    /**
     * A connection is about to be made.
     *
     * @param remote the other end, as the library has it: usually a {@link java.net.SocketAddress}
     * @return a token of the connection for {@link #connectFailed}; null if it is not counted
     */
    @Nullable
    Object connecting(Object connection, @Nullable Object remote);

    /** The local port times 2^16 plus the remote port; 0 if the ports are not known. */
    long key(Object connection);

    /** The current thread made {@code what}, which will connect or borrow a connection. */
    default void made(Object what) {}

    /** The maker of {@code from} is the maker of {@code to} as well. */
    default void passed(Object from, Object to) {}

    /** The connect threw; {@code token} is what {@link #connecting} returned. */
    void connectFailed(Object token);

    /** A connection is about to be closed. It may be an accepted one, or one that is closed already. */
    void disconnected(Object connection);
}
