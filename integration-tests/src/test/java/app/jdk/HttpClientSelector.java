package app.jdk;

import app.Announce;
import app.Handlers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

/** The JDK's HTTP client: callbacks on its selector thread (by an executor that runs in place), and on its own pool. */
public final class HttpClientSelector {

    private HttpClientSelector() {}

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .build();
        HttpClient inPlace = HttpClient.newBuilder().executor(Runnable::run).build();
        HttpClient pooled = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            // a body handler runs on the thread that reads the response
            inPlace.sendAsync(request, info -> {
                        Handlers.compute();
                        return BodyHandlers.discarding().apply(info);
                    })
                    .get(20, TimeUnit.SECONDS);
            inPlace.sendAsync(request, info -> {
                        handleInPlace();
                        return BodyHandlers.discarding().apply(info);
                    })
                    .get(20, TimeUnit.SECONDS);
            pooled.sendAsync(request, info -> {
                        Handlers.blockWhereItMay();
                        return BodyHandlers.discarding().apply(info);
                    })
                    .get(20, TimeUnit.SECONDS);
        }
        Thread.sleep(3_500); // the client's selector wakes up every 3 s when nothing happens
        server.stop(0);
        Announce.print();
        System.exit(0);
    }

    /** The requesting thread, which may block, handles a response that arrives very early. */
    private static void handleInPlace() {
        if (Thread.currentThread().getName().equals("main")) {
            Handlers.blockWhereItMay();
        } else {
            Handlers.block();
        }
    }
}
