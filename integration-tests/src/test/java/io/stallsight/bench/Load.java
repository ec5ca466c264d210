package io.stallsight.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Requests {@code /hello} on many connections at once from one thread. On each connection, the next request follows the
 * answer to the last. It parses as little as it can, so that the service and not the generator limits the throughput.
 */
final class Load {

    private static final int CONNECTIONS = 64;
    private static final byte[] REQUEST =
            "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GOOD = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress address;
    private final int answerLength;

    /** Learns the length of an answer; all answers are the same. */
    Load(InetSocketAddress address) throws IOException {
        this.address = address;
        this.answerLength = learn();
    }

    /** Runs for this long and returns the number of answers. */
    long run(Duration duration) throws IOException {
        long answers = 0;
        try (Selector selector = Selector.open()) {
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    SocketChannel channel = connect();
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(4096));
                    channel.write(ByteBuffer.wrap(REQUEST));
                }
                long end = System.nanoTime() + duration.toNanos();
                while (System.nanoTime() < end) {
                    selector.select(100);
                    for (SelectionKey key : selector.selectedKeys()) {
                        answers += read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
                    }
                    selector.selectedKeys().clear();
                }
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
        return answers;
    }

    private int read(SocketChannel channel, ByteBuffer answer) throws IOException {
        if (channel.read(answer) < 0) {
            throw new IOException("the service closed a connection");
        }
        if (answer.position() < answerLength) {
            return 0;
        }
        check(answer, answerLength);
        answer.clear();
        channel.write(ByteBuffer.wrap(REQUEST));
        return 1;
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    private int learn() throws IOException {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap(REQUEST));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (true) {
                channel.read(answer);
                String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
                int head = text.indexOf("\r\n\r\n");
                if (head > 0) {
                    String length = text.replaceFirst("(?is).*?\r\ncontent-length: *(\\d+).*", "$1");
                    return head + 4 + Integer.parseInt(length);
                }
            }
        }
    }

    private static void check(ByteBuffer answer, int length) throws IOException {
        for (int i = 0; i < GOOD.length; i++) {
            if (answer.get(i) != GOOD[i] || answer.position() != length) {
                throw new IOException("not an expected answer: "
                        + new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII));
            }
        }
    }
}
