package io.stallsight.engine.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A socket that limits the time its client takes and the bytes its client sends, and that can end for another one. The
 * accepting thread closes a socket whose deadline has passed. {@code SO_TIMEOUT} cannot do this: it starts again with
 * each byte, so that a client which sends one byte now and then would hold its connection forever.
 */
final class GuardedSocket extends Socket {

    /** Accepts connections as guarded sockets. */
    static final class Acceptor extends ServerSocket {
        Acceptor() throws IOException {
            super();
        }

        @Override
        public GuardedSocket accept() throws IOException {
            GuardedSocket socket = new GuardedSocket();
            implAccept(socket);
            return socket;
        }
    }

    /** The client has sent more bytes than allowed. */
    static final class ByteLimitExceeded extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The connection must end, so that another one gets its place. */
    static final class GaveWay extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final long createdAt = System.nanoTime();

    /** In nanoseconds since {@link #createdAt}. */
    private volatile long deadline = NO_DEADLINE;

    private volatile boolean givesWay;

    private int bytesLeft;

    /** The current request or response must end within this time. Called on any thread. */
    void setDeadline(Duration timeout) {
        deadline = System.nanoTime() - createdAt + timeout.toNanos();
    }

    void clearDeadline() {
        deadline = NO_DEADLINE;
    }

    /** Allows this many further bytes from the client. Called on the reading thread. */
    void limitBytes(int bytes) {
        bytesLeft = bytes;
    }

    /** Makes the reading thread fail with {@link GaveWay}. It can still write. Called on the accepting thread. */
    void giveWay() throws IOException {
        givesWay = true;
        shutdownInput();
    }

    boolean isLate() {
        return System.nanoTime() - createdAt > deadline;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (bytesLeft <= 0) {
                    throw new ByteLimitExceeded();
                }
                int read = super.read(into, offset, Math.min(length, bytesLeft));
                if (givesWay) {
                    throw new GaveWay();
                }
                bytesLeft -= Math.max(0, read);
                return read;
            }
        };
    }
}
