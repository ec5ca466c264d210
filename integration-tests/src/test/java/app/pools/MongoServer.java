package app.pools;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * As much of a MongoDB server as its driver needs: it says that it is one, and answers each command with {@code ok},
 * the command {@code slow} never.
 */
final class MongoServer implements AutoCloseable {

    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int HEADER = 16;
    private static final DocumentCodec CODEC = new DocumentCodec();

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch slow;

    /** @param slow counts the slow commands */
    MongoServer(CountDownLatch slow) throws IOException {
        this.slow = slow;
        start("mongo-accept", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                start("mongo-client", () -> serve(client));
            }
        } catch (IOException closed) {
            // the program ends
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                ByteBuffer header = read(in, HEADER);
                int length = header.getInt();
                int id = header.getInt();
                header.getInt();
                int operation = header.getInt();
                Document command = command(operation, read(in, length - HEADER));
                if (command.containsKey("slow")) {
                    slow.countDown();
                } else {
                    client.getOutputStream().write(reply(operation, id));
                }
            }
        } catch (EOFException closed) {
            // the client ends
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static ByteBuffer read(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Document command(int operation, ByteBuffer body) {
        body.getInt(); // flags
        if (operation == OP_QUERY) {
            while (body.get() != 0) {} // the name of the collection
            body.getLong(); // how many to skip and to return
        } else {
            body.get(); // the kind of the section
        }
        return CODEC.decode(
                new BsonBinaryReader(body.slice()), DecoderContext.builder().build());
    }

    private static byte[] reply(int operation, int to) {
        Document ok = new Document("ok", 1)
                .append("helloOk", true)
                .append("ismaster", true)
                .append("isWritablePrimary", true)
                .append("minWireVersion", 0)
                .append("maxWireVersion", 21)
                .append("maxBsonObjectSize", 16 << 20)
                .append("maxMessageSizeBytes", 48_000_000)
                .append("maxWriteBatchSize", 100_000);
        BasicOutputBuffer document = new BasicOutputBuffer();
        CODEC.encode(
                new BsonBinaryWriter(document), ok, EncoderContext.builder().build());
        byte[] body = document.toByteArray();
        int before = HEADER + (operation == OP_QUERY ? 20 : 5);
        ByteBuffer reply = ByteBuffer.allocate(before + body.length).order(ByteOrder.LITTLE_ENDIAN);
        reply.putInt(before + body.length).putInt(1).putInt(to);
        if (operation == OP_QUERY) {
            reply.putInt(OP_REPLY).putInt(0).putLong(0).putInt(0).putInt(1);
        } else {
            reply.putInt(OP_MSG).putInt(0).put((byte) 0);
        }
        return reply.put(body).array();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
