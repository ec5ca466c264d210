package io.stallsight.engine.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A socket whose peer has limited time and may send a limited number of bytes. Who is too slow is cut by the thread
 * that accepts, as a time limit of the socket would begin anew with each byte that trickles in.
 */
final class GuardedSocket extends Socket {

    /** Makes them. */
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

    /** The peer has sent more than it may. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final long birth = System.nanoTime();
    private volatile long deadline = NEVER;
    private int budget;

    /** The next thing is to be over in this time. On any thread. */
    void allow(Duration time) {
        deadline = System.nanoTime() - birth + time.toNanos();
    }

    void allowAnyTime() {
        deadline = NEVER;
    }

    /** So many bytes may come from here on. On the thread that reads. */
    void allowBytes(int bytes) {
        budget = bytes;
    }

    boolean isLate() {
        return System.nanoTime() - birth > deadline;
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
                if (budget <= 0) {
                    throw new TooMuch();
                }
                int read = super.read(into, offset, Math.min(length, budget));
                budget -= Math.max(0, read);
                return read;
            }
        };
    }
}
