package app.loops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * An echo server whose event loop is a virtual thread, beside a virtual thread that waits for its only channel. Both
 * sleep after each byte.
 */
public final class VirtualLoop {

    private static final int REQUESTS = 5;
    private static final int MILLIS = 40;

    private VirtualLoop() {}

    public static void main(String[] args) throws Exception {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread loop = virtual(() -> serve(server));
        Pipe pipe = Pipe.open();
        Thread reader = virtual(() -> read(pipe.source()));
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        for (int i = 0; i < REQUESTS; i++) {
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream().write(1);
                client.getInputStream().read();
            }
            pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
        }
        pipe.sink().close();
        reader.join();
        server.close();
        loop.join();
    }

    private static void serve(ServerSocketChannel server) {
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (server.isOpen()) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    handle(key, selector);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void handle(SelectionKey key, Selector selector) throws IOException {
        if (key.channel() instanceof ServerSocketChannel server) {
            SocketChannel accepted = server.accept();
            accepted.configureBlocking(false);
            accepted.register(selector, SelectionKey.OP_READ);
        } else if (key.channel() instanceof SocketChannel connection) {
            ByteBuffer bytes = ByteBuffer.allocate(1);
            if (connection.read(bytes) < 0) {
                connection.close();
            } else {
                blocks();
                bytes.flip();
                connection.write(bytes);
            }
        }
    }

    private static void read(Pipe.SourceChannel source) {
        try (Selector selector = Selector.open()) {
            source.configureBlocking(false);
            source.register(selector, SelectionKey.OP_READ);
            while (true) {
                selector.select();
                selector.selectedKeys().clear();
                if (source.read(ByteBuffer.allocate(1)) < 0) {
                    return;
                }
                waits();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void blocks() {
        sleep();
    }

    private static void waits() {
        sleep();
    }

    private static void sleep() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code Thread.startVirtualThread}, which JDK 17 does not have. */
    private static Thread virtual(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }
}
