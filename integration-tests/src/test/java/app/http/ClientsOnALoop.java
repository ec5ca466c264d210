package app.http;

import app.Announce;
import app.Handlers;
import app.SelectorLoop;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;

/**
 * Synchronous HTTP clients on an event loop, against a server that answers after 30 ms. The argument names the client.
 */
public final class ClientsOnALoop {

    private static final int AT_LEAST = 30;

    // created on a thread that may block, as services do at their start: the first client of a JVM reads the JDK's
    // certificates
    private static final HttpClient JDK = HttpClient.newHttpClient();
    private static final CloseableHttpClient APACHE5 = HttpClients.createDefault();
    private static final OkHttpClient OKHTTP = new OkHttpClient();

    private ClientsOnALoop() {}

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            Handlers.blockWhereItMay();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (SelectorLoop loop = new SelectorLoop("http-loop")) {
            for (int i = 0; i < 3; i++) {
                loop.run(() -> call(args[0], uri));
            }
            loop.run(() -> asynchronously(uri));
        }
        server.stop(0);
        Announce.print();
        System.exit(0);
    }

    private static void call(String client, URI uri) throws Exception {
        switch (client) {
            case "jdk" -> jdk(uri);
            case "url" -> urlConnection(uri);
            case "apache5" -> apache5(uri);
            case "okhttp" -> okhttp(uri);
            default -> throw new IllegalArgumentException(client);
        }
    }

    private static void jdk(URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        Announce.nextLine("HttpClient.send", AT_LEAST);
        JDK.send(request, BodyHandlers.discarding());
    }

    private static void urlConnection(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        Announce.nextLine("HttpURLConnection.getResponseCode", AT_LEAST);
        connection.getResponseCode();
    }

    private static void apache5(URI uri) throws IOException {
        HttpClientResponseHandler<Integer> status = response -> response.getCode();
        HttpGet get = new HttpGet(uri);
        // under the name of the interface that applications know, as for the JDK's client
        Announce.nextLine("HttpClient.execute", AT_LEAST, "socket read 127.0.0.1:" + uri.getPort());
        APACHE5.execute(get, status);
    }

    private static void okhttp(URI uri) throws IOException {
        Call call = OKHTTP.newCall(new Request.Builder().url(uri.toString()).build());
        Announce.nextLine("Call.execute", AT_LEAST);
        Response response = call.execute();
        response.close();
    }

    /** The clean twin: no thread waits. */
    private static void asynchronously(URI uri) {
        JDK.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .orTimeout(10, TimeUnit.SECONDS);
    }
}
