package probe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** The JDK's HTTP clients, with a server that answers with the delay. */
final class HttpClients {

    private static final String HTTP = "HTTP";

    private HttpClients() {}

    private static URI slowServer() throws IOException {
        CountDownLatch late = new CountDownLatch(1);
        Late.run(late::countDown);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try {
                late.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Blocks(value = HTTP, api = "HttpClient.send")
    static Body httpClientSend() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(slowServer()).build();
        return () -> client.send(request, BodyHandlers.ofString());
    }

    @Blocks("FUTURE")
    static Body httpClientSendAsyncThenJoin() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(slowServer()).build();
        // Sent on the main thread: the primitive is the join only, and not the blocking work of sending.
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(request, BodyHandlers.ofString());
        return () -> response.join();
    }

    @Blocks(value = HTTP, api = "HttpURLConnection.getResponseCode")
    static Body httpUrlConnectionGetResponseCode() throws IOException {
        URL url = slowServer().toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        return () -> connection.getResponseCode();
    }

    @Blocks(HTTP)
    static Body urlOpenStream() throws IOException {
        URL url = slowServer().toURL();
        return () -> Net.keep(url.openStream());
    }
}
