package probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Stream-oriented NIO channels in blocking and in non-blocking mode, their socket adaptors, and selectors. */
final class Channels {

    private static final String SOCKET = "SOCKET";
    private static final int OVERSIZE_BYTES = 16 * 1024 * 1024;

    private Channels() {}

    private static SocketChannel answeredLate() throws IOException {
        Net.ChannelPair pair = Net.channelPair();
        Late.run(() -> pair.peer().write(ByteBuffer.wrap(new byte[] {1})));
        return pair.probe();
    }

    private static SocketChannel readLate() throws IOException {
        Net.ChannelPair pair = Net.channelPair();
        Late.run(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(1024 * 1024);
            while (pair.peer().read(buffer) >= 0) {
                buffer.clear();
            }
        });
        return pair.probe();
    }

    @Blocks(value = SOCKET, millis = 500)
    static Body connect() throws IOException {
        ServerSocket listener = Net.fullListener();
        Net.acceptLate(listener);
        SocketChannel channel = Net.keep(SocketChannel.open());
        return () -> connectInAMethod(channel, Net.address(listener));
    }

    private static void connectInAMethod(SocketChannel channel, InetSocketAddress address) throws IOException {
        channel.connect(address);
    }

    @Blocks(SOCKET)
    static Body read() throws IOException {
        SocketChannel channel = answeredLate();
        return () -> readInAMethod(channel);
    }

    private static void readInAMethod(SocketChannel channel) throws IOException {
        channel.read(ByteBuffer.allocate(10));
    }

    @Blocks(SOCKET)
    static Body read_lambda() throws IOException {
        SocketChannel channel = answeredLate();
        return () -> channel.read(ByteBuffer.allocateDirect(10));
    }

    @Blocks(SOCKET)
    static Body read_reference() throws IOException {
        SocketChannel channel = answeredLate();
        return () -> Calls.callWith(channel::read, ByteBuffer.allocate(10));
    }

    @Blocks(SOCKET)
    static Body scatteringRead() throws IOException {
        SocketChannel channel = answeredLate();
        return () -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(10), ByteBuffer.allocate(10)});
    }

    @Blocks(SOCKET)
    static Body write_fullBuffers() throws IOException {
        SocketChannel channel = readLate();
        ByteBuffer oversize = ByteBuffer.allocateDirect(OVERSIZE_BYTES);
        return () -> channel.write(oversize);
    }

    @Blocks(SOCKET)
    static Body gatheringWrite_fullBuffers() throws IOException {
        SocketChannel channel = readLate();
        ByteBuffer[] oversize = {ByteBuffer.allocateDirect(OVERSIZE_BYTES), ByteBuffer.allocateDirect(10)};
        return () -> channel.write(oversize);
    }

    private static ServerSocketChannel listener() throws IOException {
        ServerSocketChannel listener = Net.keep(ServerSocketChannel.open());
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return listener;
    }

    private static ServerSocketChannel connectedLate() throws IOException {
        ServerSocketChannel listener = listener();
        Late.run(() -> Net.keep(SocketChannel.open(listener.getLocalAddress())));
        return listener;
    }

    @Blocks(SOCKET)
    static Body accept() throws IOException {
        ServerSocketChannel listener = connectedLate();
        return () -> Net.keep(listener.accept());
    }

    @Blocks(SOCKET)
    static Body accept_reference() throws IOException {
        ServerSocketChannel listener = connectedLate();
        return () -> Calls.call(listener::accept);
    }

    @Blocks(SOCKET)
    static Body adaptorRead() throws IOException {
        InputStream in = answeredLate().socket().getInputStream();
        return () -> in.read();
    }

    @Blocks(SOCKET)
    static Body adaptorReadWithTimeout() throws IOException {
        SocketChannel channel = Net.channelPair().probe();
        channel.socket().setSoTimeout(50);
        InputStream in = channel.socket().getInputStream();
        return () -> {
            try {
                in.read();
            } catch (SocketTimeoutException e) {
                // expected
            }
        };
    }

    @Blocks(SOCKET)
    static Body adaptorWrite_fullBuffers() throws IOException {
        OutputStream out = readLate().socket().getOutputStream();
        byte[] oversize = new byte[OVERSIZE_BYTES];
        return () -> out.write(oversize);
    }

    @Blocks(SOCKET)
    static Body adaptorConnectWithTimeout() throws IOException {
        ServerSocket listener = Net.fullListener();
        SocketChannel channel = SocketChannel.open();
        return () -> {
            try {
                channel.socket().connect(Net.address(listener), 50);
            } catch (SocketTimeoutException e) {
                // expected
            }
        };
    }

    @Blocks(SOCKET)
    static Body adaptorAccept() throws IOException {
        ServerSocketChannel listener = connectedLate();
        return () -> listener.socket().accept();
    }

    @Blocks("SOCKET/FILE")
    static Body pipeRead() throws IOException {
        Pipe pipe = Pipe.open();
        Late.run(() -> pipe.sink().write(ByteBuffer.wrap(new byte[] {1})));
        return () -> pipe.source().read(ByteBuffer.allocate(10));
    }

    @Blocks("SOCKET/FILE")
    static Body pipeWrite_full() throws IOException {
        Pipe pipe = Pipe.open();
        Late.run(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(1024 * 1024);
            while (pipe.source().read(buffer) >= 0) {
                buffer.clear();
            }
        });
        return () -> pipe.sink().write(ByteBuffer.allocate(1024 * 1024));
    }

    @Blocks("FUTURE")
    static Body asynchronousReadThenGet() throws IOException {
        AsynchronousSocketChannel channel = Net.keep(AsynchronousSocketChannel.open());
        ServerSocket listener = Net.listener();
        try {
            channel.connect(Net.address(listener)).get();
        } catch (Exception e) {
            throw new IOException(e);
        }
        java.net.Socket peer = Net.keep(listener.accept());
        Late.run(() -> peer.getOutputStream().write(1));
        return () -> channel.read(ByteBuffer.allocate(10)).get();
    }

    @Blocks(value = "SELECT", api = "Selector.select")
    static Body selectOutsideALoop() throws IOException {
        Selector selector = Net.keep(Selector.open());
        return () -> selector.select(50);
    }

    @NeverBlocks
    static Body nonBlockingConnect() throws IOException {
        ServerSocket listener = Net.fullListener();
        SocketChannel channel = Net.keep(SocketChannel.open());
        channel.configureBlocking(false);
        return () -> {
            channel.connect(Net.address(listener));
            channel.finishConnect();
        };
    }

    @NeverBlocks
    static Body nonBlockingRead() throws IOException {
        SocketChannel channel = Net.channelPair().probe();
        channel.configureBlocking(false);
        return () -> readInAMethod(channel);
    }

    @NeverBlocks
    static Body nonBlockingWrite() throws IOException {
        SocketChannel channel = Net.channelPair().probe();
        channel.configureBlocking(false);
        return () -> channel.write(ByteBuffer.allocateDirect(OVERSIZE_BYTES));
    }

    @NeverBlocks
    static Body nonBlockingAccept() throws IOException {
        ServerSocketChannel listener = listener();
        listener.configureBlocking(false);
        return () -> listener.accept();
    }

    @NeverBlocks
    static Body nonBlockingPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
        return () -> {
            pipe.source().read(ByteBuffer.allocate(10));
            pipe.sink().write(ByteBuffer.allocate(1024 * 1024));
        };
    }

    @NeverBlocks
    static Body selectNow() throws IOException {
        Selector selector = Net.keep(Selector.open());
        SocketChannel channel = Net.channelPair().probe();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return () -> selector.selectNow();
    }
}
