package probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Datagram sockets and channels. */
final class Datagrams {

    private static final String SOCKET = "SOCKET";

    private Datagrams() {}

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static DatagramSocket socketSentToLate() throws IOException {
        DatagramSocket socket = Net.keep(new DatagramSocket(loopback(0)));
        sendLate(socket.getLocalSocketAddress());
        return socket;
    }

    private static DatagramChannel channelSentToLate() throws IOException {
        DatagramChannel channel = Net.keep(DatagramChannel.open());
        channel.bind(loopback(0));
        sendLate(channel.getLocalAddress());
        return channel;
    }

    private static void sendLate(SocketAddress to) {
        Late.run(() -> {
            try (DatagramSocket sender = new DatagramSocket()) {
                sender.send(new DatagramPacket(new byte[1], 1, to));
            }
        });
    }

    @Blocks(SOCKET)
    static Body socketReceive() throws IOException {
        DatagramSocket socket = socketSentToLate();
        return () -> receiveInAMethod(socket);
    }

    private static void receiveInAMethod(DatagramSocket socket) throws IOException {
        socket.receive(new DatagramPacket(new byte[10], 10));
    }

    @Blocks(SOCKET)
    static Body socketReceive_lambda() throws IOException {
        DatagramSocket socket = socketSentToLate();
        return () -> socket.receive(new DatagramPacket(new byte[10], 10));
    }

    @Blocks(SOCKET)
    static Body socketReceive_reference() throws IOException {
        DatagramSocket socket = socketSentToLate();
        return () -> Calls.callWith(socket::receive, new DatagramPacket(new byte[10], 10));
    }

    @Blocks(SOCKET)
    static Body socketReceiveWithTimeout() throws IOException {
        DatagramSocket socket = Net.keep(new DatagramSocket(loopback(0)));
        socket.setSoTimeout(50);
        return () -> {
            try {
                socket.receive(new DatagramPacket(new byte[10], 10));
            } catch (SocketTimeoutException e) {
                // expected
            }
        };
    }

    @Blocks(SOCKET)
    static Body channelReceive() throws IOException {
        DatagramChannel channel = channelSentToLate();
        return () -> channel.receive(ByteBuffer.allocate(10));
    }

    @Blocks(SOCKET)
    static Body channelReceive_reference() throws IOException {
        DatagramChannel channel = channelSentToLate();
        return () -> Calls.callWith(channel::receive, ByteBuffer.allocateDirect(10));
    }

    @Blocks(SOCKET)
    static Body channelRead() throws IOException {
        DatagramChannel channel = Net.keep(DatagramChannel.open());
        channel.bind(loopback(0));
        DatagramChannel peer = Net.keep(DatagramChannel.open());
        peer.bind(loopback(0));
        channel.connect(peer.getLocalAddress());
        Late.run(() -> peer.send(ByteBuffer.allocate(1), channel.getLocalAddress()));
        return () -> channel.read(ByteBuffer.allocate(10));
    }

    @Blocks(SOCKET)
    static Body adaptorReceive() throws IOException {
        DatagramSocket socket = channelSentToLate().socket();
        return () -> receiveInAMethod(socket);
    }

    @NeverBlocks
    static Body nonBlockingReceive() throws IOException {
        DatagramChannel channel = Net.keep(DatagramChannel.open());
        channel.bind(loopback(0));
        channel.configureBlocking(false);
        return () -> channel.receive(ByteBuffer.allocate(10));
    }

    @NeverBlocks
    static Body nonBlockingSend() throws IOException {
        DatagramChannel channel = Net.keep(DatagramChannel.open());
        channel.configureBlocking(false);
        DatagramChannel to = Net.keep(DatagramChannel.open());
        to.bind(loopback(0));
        SocketAddress address = to.getLocalAddress();
        return () -> channel.send(ByteBuffer.allocate(10), address);
    }
}
