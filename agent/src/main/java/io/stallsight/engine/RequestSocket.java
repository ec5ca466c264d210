package io.stallsight.engine;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket for requests of the command line. Without it, each request would load the agent into the JVM
 * again, and JDK 21 and later print a warning of four lines into the service for each load. The socket is in a folder
 * that only the user of the JVM can enter. A client writes its request, ends its output and reads the answer until its
 * end. One client is served at a time. Thread-safe.
 */
final class RequestSocket {

    private static final int MAX_REQUEST_BYTES = 64 * 1024;

    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    private static final String PREFIX = "stallsight-";
    private static final String SOCKET = "requests";

    /** A folder without a socket is that of a JVM which opens it at this moment, or of one that was killed. */
    private static final Duration OPENING = Duration.ofMinutes(1);

    private final UnaryOperator<String> answers;
    private final AgentThread thread = new AgentThread("requests", this::serve);
    private @Nullable ServerSocketChannel server;
    private @Nullable Path path;
    private boolean stopped;
    private volatile @Nullable SocketChannel client;

    /** @param answers called on the socket's thread */
    RequestSocket(UnaryOperator<String> answers) {
        this.answers = answers;
    }

    /** Opens the socket, once. Returns its path, or null if this JVM or file system has no such sockets. */
    synchronized @Nullable Path open() {
        if (path != null || stopped) {
            return path;
        }
        try {
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened;
            Path folder = Files.createTempDirectory(PREFIX); // only its owner may enter it
            removeLeftFolders(folder.resolveSibling(""));
            Path socket = folder.resolve(SOCKET);
            deleteAtExit(folder.toFile());
            deleteAtExit(socket.toFile());
            path = socket;
            opened.bind(UnixDomainSocketAddress.of(socket));
            thread.start();
        } catch (IOException | RuntimeException e) {
            // the path may be too long for the system; the command line then loads the agent for each request
            stop();
        }
        return path;
    }

    /**
     * A JVM that was killed leaves its folder. The socket shows that: nobody accepts, whatever processes are seen here.
     */
    static void removeLeftFolders(Path in) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(in, PREFIX + "*")) {
            for (Path folder : folders) {
                removeIfLeft(folder);
            }
        } catch (IOException | RuntimeException e) {
            // they stay
        }
    }

    private static void removeIfLeft(Path folder) {
        Path socket = folder.resolve(SOCKET);
        try {
            if (Files.exists(socket)) {
                SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
            } else if (Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(OPENING))) {
                delete(folder); // not if there is anything in it
            }
        } catch (ConnectException refused) {
            delete(socket);
            delete(folder);
        } catch (IOException | RuntimeException e) {
            // another user's
        }
    }

    /** In the order of a stack: the socket is deleted before its folder. */
    private static void deleteAtExit(File file) {
        file.deleteOnExit();
    }

    /** Closes the socket. Waits at most one second for its thread. */
    void close() throws InterruptedException {
        stop();
        thread.join(STOP_TIMEOUT_MILLIS);
    }

    private synchronized void stop() {
        stopped = true;
        close(server);
        close(client);
        Path socket = path;
        path = null;
        if (socket != null) {
            delete(socket);
            delete(socket.getParent());
        }
    }

    private void serve() {
        ServerSocketChannel opened;
        synchronized (this) {
            opened = server;
        }
        while (opened != null && opened.isOpen()) {
            try (SocketChannel accepted = opened.accept()) {
                client = accepted;
                String answer = answers.apply(read(accepted));
                ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    accepted.write(bytes);
                }
            } catch (IOException e) {
                // the client has ended, or the socket is closed
            } catch (RuntimeException e) {
                StallsightErrors.suppress(e);
            }
        }
    }

    private static String read(SocketChannel from) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (from.read(buffer) >= 0 && text.size() < MAX_REQUEST_BYTES) {
            text.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static void close(@Nullable AutoCloseable channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (Exception e) {
            // it counts as closed
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // an empty file in the folder for temporary files
        }
    }
}
