package app.pools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** HTTP requests, each over its own connection. All are sent before the first answer is read. */
final class Requests {

    private final List<Socket> sent = new ArrayList<>();

    void send(int port, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream()
                    .write("GET /hold HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            sent.add(socket);
        }
    }

    /** Reads every answer to its end. */
    void awaitAnswers() throws IOException {
        for (Socket socket : sent) {
            try (socket) {
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("held")) {
                    throw new IllegalStateException("not the answer of the handler: " + answer);
                }
            }
        }
    }
}
