package probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Peers on the loopback. They are never closed: the watched thread would take an early close for an answer. */
final class Net {

    private static final List<Object> KEPT = new ArrayList<>();

    private Net() {}

    static <T> T keep(T kept) {
        synchronized (KEPT) {
            KEPT.add(kept);
        }
        return kept;
    }

    static ServerSocket listener() throws IOException {
        return keep(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    static InetSocketAddress address(ServerSocket listener) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    /**
     * A listener with a full backlog: the kernel drops further handshakes, and the client repeats them after a second.
     */
    static ServerSocket fullListener() throws IOException {
        ServerSocket listener = keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (boolean full = false; !full; ) {
            SocketChannel filler = keep(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(address(listener));
            // On the loopback, the kernel answers a handshake within microseconds, or not at all.
            for (int i = 0; i < 1_000 && !filler.isConnected(); i++) {
                filler.finishConnect();
                Thread.onSpinWait();
            }
            full = !filler.isConnected();
        }
        return listener;
    }

    /** Accepts all connections of a listener, with the delay. */
    static void acceptLate(ServerSocket listener) {
        Late.run(() -> {
            while (true) {
                keep(listener.accept());
            }
        });
    }

    /** A connected pair: the probe's socket, and its peer. */
    record Pair(Socket probe, Socket peer) {}

    static Pair pair() throws IOException {
        ServerSocket listener = listener();
        Socket probe = keep(new Socket());
        probe.connect(address(listener));
        return new Pair(probe, keep(listener.accept()));
    }

    /** A connected pair of blocking channels. */
    record ChannelPair(SocketChannel probe, SocketChannel peer) {}

    static ChannelPair channelPair() throws IOException {
        ServerSocketChannel listener = keep(ServerSocketChannel.open());
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel probe = keep(SocketChannel.open(listener.getLocalAddress()));
        return new ChannelPair(probe, keep(listener.accept()));
    }

    /** Sends one byte, with the delay. */
    static void answerLate(Pair pair) {
        Late.run(() -> pair.peer().getOutputStream().write(1));
    }

    /** Reads all bytes, with the delay. */
    static void readLate(Pair pair) {
        Late.run(() -> pair.peer().getInputStream().transferTo(java.io.OutputStream.nullOutputStream()));
    }
}
