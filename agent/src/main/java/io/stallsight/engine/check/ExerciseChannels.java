package io.stallsight.engine.check;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Channels in blocking mode, their socket adaptors, and a selector. Nothing waits: the other end always acts before.
 */
final class ExerciseChannels {

    /** Far more than a loopback connection takes; without a timeout, some calls take another way through the JDK. */
    private static final int TIMEOUT_MILLIS = 2000;

    private ExerciseChannels() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("SocketChannel, ServerSocketChannel", ExerciseChannels::socketChannels),
                new Exercise("socket adaptors", ExerciseChannels::adaptors),
                new Exercise("DatagramChannel", ExerciseChannels::datagrams),
                new Exercise("AsynchronousSocketChannel", ExerciseChannels::asynchronous),
                new Exercise("Pipe", ExerciseChannels::pipe),
                new Exercise("Selector.select", ExerciseChannels::select));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void socketChannels() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(anyPort());
                SocketChannel client = SocketChannel.open()) {
            client.connect(server.getLocalAddress());
            client.finishConnect();
            try (SocketChannel accepted = server.accept()) {
                accepted.write(ByteBuffer.allocate(8));
                accepted.write(new ByteBuffer[] {ByteBuffer.allocate(8)});
                client.read(ByteBuffer.allocate(1));
                client.read(new ByteBuffer[] {ByteBuffer.allocate(1)});
            }
        }
    }

    private static void adaptors() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(anyPort());
                SocketChannel channel = SocketChannel.open()) {
            Socket client = channel.socket();
            client.connect(server.getLocalAddress(), TIMEOUT_MILLIS);
            server.socket().setSoTimeout(TIMEOUT_MILLIS); // with a timeout the adaptor calls another method
            try (Socket accepted = server.socket().accept()) {
                OutputStream out = accepted.getOutputStream();
                out.write(new byte[8]);
                InputStream in = client.getInputStream();
                in.read(new byte[1]);
            }
        }
        try (DatagramChannel channel = DatagramChannel.open().bind(anyPort())) {
            channel.socket().send(new DatagramPacket(new byte[1], 1, channel.getLocalAddress()));
            channel.socket().receive(new DatagramPacket(new byte[1], 1));
        }
    }

    private static void datagrams() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open().bind(anyPort())) {
            channel.send(ByteBuffer.allocate(1), channel.getLocalAddress());
            channel.receive(ByteBuffer.allocate(1));
            channel.connect(channel.getLocalAddress());
            channel.write(ByteBuffer.allocate(1));
            channel.write(new ByteBuffer[] {ByteBuffer.allocate(1)});
            channel.read(ByteBuffer.allocate(1));
            channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)});
        }
    }

    private static void asynchronous() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(anyPort());
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
            client.connect(server.getLocalAddress()).get(TIMEOUT_MILLIS, MILLISECONDS);
        }
    }

    private static void pipe() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            sink.write(ByteBuffer.allocate(1));
            sink.write(new ByteBuffer[] {ByteBuffer.allocate(1)});
            sink.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
            source.read(ByteBuffer.allocate(1));
            source.read(new ByteBuffer[] {ByteBuffer.allocate(1)});
            source.read(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
        }
    }

    private static void select() throws IOException {
        try (Selector selector = Selector.open()) {
            selector.select(1);
        }
    }
}
