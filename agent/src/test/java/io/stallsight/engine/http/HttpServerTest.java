package io.stallsight.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with real sockets. On Linux all addresses 127.* are loopback, so one machine can be several clients. */
class HttpServerTest {

    private static final String TOKEN = "0123456789abcdef";
    private static final String AUTHORIZATION = "Authorization: Bearer " + TOKEN + "\r\n";

    private static final class SmallPages implements Pages {
        @Override
        public long now() {
            return 1;
        }

        @Override
        public String picture(int range, long since) {
            return "{}";
        }

        @Override
        public String snapshotName() {
            return "";
        }

        @Override
        public String hooks() {
            return "[]";
        }

        @Override
        public String config() {
            return "{}";
        }

        @Override
        public Metrics metrics(@Nullable String accept) {
            return new Metrics("text/plain", "");
        }

        @Override
        public void change(String key, String value) {}

        @Override
        public void reset() {}
    }

    private final BlockingQueue<String> addresses = new ArrayBlockingQueue<>(1);
    private final List<Socket> sockets = new ArrayList<>();
    private final HttpServer server = new HttpServer(
            "0", TOKEN, TimeUnit.SECONDS.toNanos(1), new SmallPages(), new HttpServer.Log(addresses::add, line -> {
                throw new AssertionError(line);
            }));
    private int port;

    @BeforeEach
    void start() throws InterruptedException {
        server.start();
        port = URI.create(addresses.take()).getPort();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (Socket each : sockets) {
            each.close();
        }
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2"})
    void idleConnectionsOfOneAddress_keepOutNobodyWithTheToken(String address) throws IOException {
        for (int i = 0; i < 4 * Limits.MAX_CONNECTIONS; i++) {
            write(connect("127.0.0.1"), "GET / HTTP/1.1\r\n");
            if (i >= Limits.MAX_CONNECTIONS - 1 && i % 16 == 0) {
                assertThat(get(connect(address), AUTHORIZATION)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void idleConnectionsOfManyAddresses_keepOutNobodyWithTheToken() throws IOException {
        for (int i = 0; i < 2 * Limits.MAX_CONNECTIONS; i++) {
            connect("127.0.1." + (1 + i));
        }

        assertThat(get(connect("127.0.0.1"), AUTHORIZATION)).startsWith("HTTP/1.1 200");
    }

    @Test
    void connectionThatHasShownTheToken_staysOpen() throws IOException {
        Socket trusted = connect("127.0.0.1");
        assertThat(get(trusted, AUTHORIZATION)).startsWith("HTTP/1.1 200");
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < 2 * Limits.MAX_CONNECTIONS; i++) {
            idle.add(connect("127.0.0.1"));
        }

        assertThat(head(idle.get(0))).startsWith("HTTP/1.1 503");
        assertThat(get(trusted, AUTHORIZATION)).startsWith("HTTP/1.1 200");
    }

    @Test
    void wrongTokens_delayWrongOnesOnly() throws IOException {
        Socket wrong = connect("127.0.0.1");
        for (int i = 0; i < FailedAttempts.MAX_FAILURES; i++) {
            assertThat(get(wrong, "Authorization: Bearer guess\r\n")).startsWith("HTTP/1.1 401");
        }
        write(wrong, request("Authorization: Bearer guess\r\n"));
        wrong.setSoTimeout(100);

        assertThat(get(connect("127.0.0.1"), AUTHORIZATION)).startsWith("HTTP/1.1 200");
        wrong.setSoTimeout(10_000);
        assertThat(head(wrong)).startsWith("HTTP/1.1 429");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nab\r\n0\r\n\r\n", "2\r\nabc\r\n0\r\n\r\n", "-1\r\n", "fffffffffff\r\n", "5\r\nab"})
    void brokenChunks_getStatus400(String body) throws IOException {
        Socket socket = connect("127.0.0.1");
        write(
                socket,
                "POST /api/config HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION
                        + "Transfer-Encoding: chunked\r\n\r\n" + body);
        socket.shutdownOutput();

        assertThat(head(socket)).startsWith("HTTP/1.1 400");
    }

    @Test
    void bodyThatIsCut_getsStatus400() throws IOException {
        Socket socket = connect("127.0.0.1");
        write(
                socket,
                "POST /api/config HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION
                        + "Content-Length: 100\r\n\r\n{\"key\":");
        socket.shutdownOutput();

        assertThat(head(socket)).startsWith("HTTP/1.1 400");
    }

    @Test
    void endlessHead_getsStatus431() throws IOException {
        Socket socket = connect("127.0.0.1");
        write(socket, "GET / HTTP/1.1\r\n" + "X: x\r\n".repeat(Limits.MAX_HEADER_FIELDS - 1) + "Y: ");
        write(socket, "y".repeat(2 * Limits.MAX_HEAD_BYTES));

        assertThat(head(socket)).startsWith("HTTP/1.1 4");
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static String request(String header) {
        return "GET /api/hooks HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
    }

    private static String get(Socket socket, String header) throws IOException {
        write(socket, request(header));
        return head(socket);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads one response. Returns its head. */
    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return head.toString();
                }
                head.append((char) next);
            }
            for (String line : head.toString().split("\r\n")) {
                if (line.startsWith("Content-Length: ")) {
                    in.readNBytes(Integer.parseInt(line.substring("Content-Length: ".length())));
                }
            }
            return head.toString();
        } catch (SocketException reset) {
            return reset.toString();
        }
    }
}
