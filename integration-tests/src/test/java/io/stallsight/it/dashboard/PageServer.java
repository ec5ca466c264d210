package io.stallsight.it.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Serves the page with the strictest policy that the agent's server could have, and the pictures that a test sends. */
final class PageServer implements AutoCloseable {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /**
     * The events for the newest connection. Each connection has its own queue: a connection that its page has closed
     * must not take the events of the next page.
     */
    private volatile BlockingQueue<String> pictures = new LinkedBlockingQueue<>();

    private volatile @Nullable String first;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    PageServer() throws IOException {
        this(0);
    }

    /** @param port 0 for any free one */
    PageServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::file);
        server.createContext("/api/events", this::events);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** Sets the first event of every stream that opens after this call. */
    void beginsWith(String json) {
        first = json;
    }

    /** Sends a picture to the page that was opened last. */
    void send(String json) {
        pictures.add(json);
    }

    /** The query of the next request for events; waits for it. */
    String nextEvents() throws InterruptedException {
        return requests.take();
    }

    private void file(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        name = name.isEmpty() ? "index.html" : name;
        if (!name.equals("index.html") && !PageFiles.assets().contains(name)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        byte[] body = PageFiles.read(name).getBytes(StandardCharsets.UTF_8);
        String type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().getQuery());
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> own = new LinkedBlockingQueue<>();
        if (first != null) {
            own.add(first);
        }
        pictures = own;
        try (OutputStream out = exchange.getResponseBody()) {
            for (; ; ) {
                String json = own.take();
                out.write(("event: picture\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            // the server has been closed
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts every connection. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
