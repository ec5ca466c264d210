package io.stallsight.engine.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The client of {@code io.stallsight.engine.RequestSocket}, in another process. */
final class RequestClient {

    /** A start of JFR in a busy service takes seconds. */
    private static final long PATIENCE_SECONDS = 30;

    private RequestClient() {}

    /** Returns the answer, or null if the socket gives none. */
    static @Nullable String ask(Path socket, String request) {
        FutureTask<String> answer = new FutureTask<>(() -> exchange(socket, request));
        Thread thread = new Thread(answer, "request");
        thread.setDaemon(true);
        thread.start();
        try {
            String text = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return text.isEmpty() ? null : text;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static String exchange(Path socket, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
