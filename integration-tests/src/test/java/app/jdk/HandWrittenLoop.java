package app.jdk;

import app.Announce;
import app.Handlers;
import app.SelectorLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A server of one-byte requests around a selector of its own. */
public final class HandWrittenLoop {

    private HandWrittenLoop() {}

    public static void main(String[] args) throws Exception {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        try (SelectorLoop loop = new SelectorLoop("my-own-loop");
                Socket client = new Socket()) {
            loop.run(() ->
                    server.register(loop.selector(), SelectionKey.OP_ACCEPT, (Runnable) () -> accept(loop, server)));
            client.connect(server.getLocalAddress());
            Handlers.idle();
            for (char request : "cbbbc".toCharArray()) {
                client.getOutputStream().write(request);
                client.getInputStream().read();
            }
            loop.run(Handlers::block);
            Handlers.idle();
        }
        Announce.print();
    }

    private static void accept(SelectorLoop loop, ServerSocketChannel server) {
        try {
            SocketChannel channel = server.accept();
            channel.configureBlocking(false);
            channel.register(loop.selector(), SelectionKey.OP_READ, (Runnable) () -> answer(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(SocketChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        try {
            if (channel.read(buffer) < 0) {
                channel.close();
                return;
            }
            if (buffer.get(0) == 'b') {
                Handlers.block();
            } else {
                Handlers.compute();
            }
            channel.write(buffer.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
