package probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** {@code java.net.Socket} and {@code ServerSocket}. */
final class Sockets {

    private static final String SOCKET = "SOCKET";

    /** More bytes than both kernel buffers of a loopback connection hold. */
    private static final byte[] OVERSIZE_BYTES = new byte[16 * 1024 * 1024];

    private Sockets() {}

    @Blocks(value = SOCKET, millis = 500, detail = "127.0.0.1:")
    static Body connect() throws IOException {
        ServerSocket listener = Net.fullListener();
        Net.acceptLate(listener);
        return () -> connectInAMethod(Net.address(listener));
    }

    private static void connectInAMethod(InetSocketAddress address) throws IOException {
        Net.keep(new Socket()).connect(address);
    }

    @Blocks(value = SOCKET, millis = 500)
    static Body connectInConstructor_lambda() throws IOException {
        ServerSocket listener = Net.fullListener();
        Net.acceptLate(listener);
        return () -> Net.keep(new Socket(Net.address(listener).getAddress(), listener.getLocalPort()));
    }

    @Blocks(value = SOCKET, detail = "127.0.0.1:")
    static Body connectWithTimeout() throws IOException {
        ServerSocket listener = Net.fullListener();
        return () -> connectWithTimeoutInAMethod(Net.address(listener));
    }

    private static void connectWithTimeoutInAMethod(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, 50);
        } catch (SocketTimeoutException e) {
            // expected
        }
    }

    @Blocks(SOCKET)
    static Body connectWithTimeout_reference() throws IOException {
        ServerSocket listener = Net.fullListener();
        Socket socket = new Socket();
        return () -> {
            try {
                Calls.callWith((InetSocketAddress a) -> socket.connect(a, 50), Net.address(listener));
            } catch (SocketTimeoutException e) {
                // expected
            }
        };
    }

    @Blocks(value = SOCKET, detail = "127.0.0.1:")
    static Body read() throws IOException {
        Net.Pair pair = Net.pair();
        Net.answerLate(pair);
        InputStream in = pair.probe().getInputStream();
        return () -> readInAMethod(in);
    }

    private static void readInAMethod(InputStream in) throws IOException {
        in.read();
    }

    @Blocks(SOCKET)
    static Body read_lambda() throws IOException {
        Net.Pair pair = Net.pair();
        Net.answerLate(pair);
        InputStream in = pair.probe().getInputStream();
        return () -> in.read();
    }

    @Blocks(SOCKET)
    static Body read_reference() throws IOException {
        Net.Pair pair = Net.pair();
        Net.answerLate(pair);
        InputStream in = pair.probe().getInputStream();
        return () -> Calls.callWith(in::read, new byte[10]);
    }

    @Blocks(SOCKET)
    static Body readWithTimeout() throws IOException {
        Net.Pair pair = Net.pair();
        pair.probe().setSoTimeout(50);
        InputStream in = pair.probe().getInputStream();
        return () -> {
            try {
                in.read(new byte[10]);
            } catch (SocketTimeoutException e) {
                // expected
            }
        };
    }

    @Blocks(SOCKET)
    static Body write_fullBuffers() throws IOException {
        Net.Pair pair = Net.pair();
        Net.readLate(pair);
        OutputStream out = pair.probe().getOutputStream();
        return () -> writeInAMethod(out);
    }

    private static void writeInAMethod(OutputStream out) throws IOException {
        out.write(OVERSIZE_BYTES);
    }

    @Blocks(SOCKET)
    static Body write_fullBuffers_reference() throws IOException {
        Net.Pair pair = Net.pair();
        Net.readLate(pair);
        OutputStream out = pair.probe().getOutputStream();
        return () -> Calls.callWith(out::write, OVERSIZE_BYTES);
    }

    @Blocks(SOCKET)
    static Body accept() throws IOException {
        ServerSocket listener = Net.listener();
        connectLate(listener);
        return () -> acceptInAMethod(listener);
    }

    private static void acceptInAMethod(ServerSocket listener) throws IOException {
        Net.keep(listener.accept());
    }

    private static void connectLate(ServerSocket listener) {
        Late.run(() -> Net.keep(new Socket()).connect(Net.address(listener)));
    }

    @Blocks(SOCKET)
    static Body accept_lambda() throws IOException {
        ServerSocket listener = Net.listener();
        connectLate(listener);
        return () -> Net.keep(listener.accept());
    }

    @Blocks(SOCKET)
    static Body accept_reference() throws IOException {
        ServerSocket listener = Net.listener();
        connectLate(listener);
        return () -> Calls.call(listener::accept);
    }

    @Blocks(SOCKET)
    static Body acceptWithTimeout() throws IOException {
        ServerSocket listener = Net.listener();
        listener.setSoTimeout(50);
        return () -> {
            try {
                listener.accept();
            } catch (SocketTimeoutException e) {
                // expected
            }
        };
    }

    @NeverBlocks
    static Body createWithoutConnecting() {
        return () -> {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.isConnected();
        };
    }
}
