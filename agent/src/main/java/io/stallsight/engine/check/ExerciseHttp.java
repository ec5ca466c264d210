package io.stallsight.engine.check;

import com.sun.net.httpserver.HttpServer;
import io.stallsight.engine.check.Exercise.ThrowingRunnable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;

/** Both HTTP clients of the JDK, against a server that answers one request with nothing; and its HTTP server. */
final class ExerciseHttp {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int NO_CONTENT = 204;

    private ExerciseHttp() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("HttpURLConnection", ExerciseHttp::urlConnection),
                new Exercise("HttpsURLConnection", ExerciseHttp::secureUrlConnection),
                new Exercise("HttpClient.send", ExerciseHttp::client),
                new Exercise("HttpServer", ExerciseHttp::server));
    }

    private static URL url(String scheme, ServerSocket server) throws IOException {
        InetAddress address = server.getInetAddress();
        return new URL(scheme, address.getHostAddress(), server.getLocalPort(), "/");
    }

    private static ThrowingRunnable answer(ServerSocket server) {
        return () -> {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                socket.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    private static void urlConnection() throws Throwable {
        try (ServerSocket server = ExerciseSockets.server()) {
            HttpURLConnection connection =
                    (HttpURLConnection) url("http", server).openConnection(Proxy.NO_PROXY);
            connection.setDoOutput(true);
            ExerciseHelper.alongside(
                    () -> {
                        connection.connect();
                        connection.getOutputStream().close();
                        connection.getInputStream().close();
                    },
                    answer(server));
        }
    }

    private static void secureUrlConnection() throws Throwable {
        try (ServerSocket server = ExerciseSockets.server()) {
            HttpsURLConnection connection =
                    (HttpsURLConnection) url("https", server).openConnection(Proxy.NO_PROXY);
            connection.setSSLSocketFactory(ExerciseSockets.emptyContext().getSocketFactory());
            ExerciseHelper.alongside(connection::connect, () -> server.accept().close());
        } catch (IOException expected) {
            // the server does not speak TLS
        }
    }

    /** Before 21 there is no close: the client's selector thread ends within seconds after the client was collected. */
    private static void client() throws Throwable {
        try (ServerSocket server = ExerciseSockets.server()) {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Runnable::run)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
            URI uri = url("http", server).toURI();
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            ExerciseHelper.alongside(() -> client.send(request, BodyHandlers.discarding()), answer(server));
            if (client instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    /** The calling thread runs what the server hands to its executor. */
    private static void server() throws Throwable {
        BlockingQueue<Runnable> handlers = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
        server.setExecutor(handlers::add);
        server.start();
        try {
            ExerciseHelper.alongside(() -> runOne(handlers), () -> ask(server.getAddress()));
        } finally {
            server.stop(0);
        }
    }

    private static void runOne(BlockingQueue<Runnable> handlers) throws InterruptedException {
        Runnable handler = handlers.poll(2, TimeUnit.SECONDS);
        if (handler != null) {
            handler.run();
        }
    }

    private static void ask(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        }
    }
}
