package com.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A shop that asks several suppliers for a price, each by another HTTP client. */
public final class Service {

    private final Suppliers suppliers;
    private final ExecutorService handlers = Executors.newFixedThreadPool(8);
    private final ExecutorService blocking = Executors.newFixedThreadPool(4);
    private final AtomicInteger turn = new AtomicInteger();

    private Service(String address) {
        suppliers = new Suppliers(address);
    }

    public static void main(String[] args) throws IOException {
        HttpServer supplier = server();
        ExecutorService supplying = Executors.newFixedThreadPool(8);
        supplier.setExecutor(supplying);
        supplier.createContext("/price", exchange -> answer(exchange, "42"));
        supplier.start();

        Service service = new Service("http://127.0.0.1:" + supplier.getAddress().getPort());
        HttpServer server = server();
        server.setExecutor(service.handlers);
        server.createContext("/hello", service.handler(kind -> service.hello()));
        server.createContext("/fault/", service.handler(service::fault));
        server.createContext("/offloaded/", service.handler(service::offloaded));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            service.close();
            supplier.stop(0);
            supplying.shutdown();
        }));
        System.out.println("PORT " + server.getAddress().getPort());
    }

    private static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    }

    private HttpHandler handler(Function<String, CompletableFuture<String>> answer) {
        return exchange -> answer.apply(kind(exchange))
                .whenCompleteAsync(
                        (text, failure) -> answer(exchange, failure == null ? text : failure.toString()), handlers);
    }

    private static String kind(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Asks all suppliers at once. */
    private CompletableFuture<String> hello() {
        CompletableFuture<String> jdk = suppliers.jdk();
        CompletableFuture<String> apache = suppliers.apache();
        CompletableFuture<String> okHttp = suppliers.okHttp();
        CompletableFuture<String> asyncHttpClient = suppliers.asyncHttpClient();
        CompletableFuture<String> retrofit = suppliers.retrofit();
        CompletableFuture<String> blockingOkHttp = CompletableFuture.supplyAsync(suppliers::blockingOkHttp, blocking);
        return CompletableFuture.allOf(jdk, apache, okHttp, asyncHttpClient, retrofit, blockingOkHttp)
                .thenApply(all -> "hello " + jdk.join() + apache.join() + okHttp.join() + asyncHttpClient.join()
                        + retrofit.join() + blockingOkHttp.join());
    }

    /** Blocks the loop of AsyncHttpClient and the reactor of Apache's client in turns. */
    private CompletableFuture<String> fault(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? suppliers.asyncHttpClient(price -> Faults.run(kind))
                : suppliers.apache(price -> Faults.run(kind));
    }

    /** Blocks a thread of OkHttp, which calls back on a thread of the call's own, and an executor in turns. */
    private CompletableFuture<String> offloaded(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? suppliers.okHttp(price -> Faults.run(kind))
                : suppliers.asyncHttpClient().thenApplyAsync(price -> Faults.run(kind), blocking);
    }

    private void close() {
        suppliers.close();
        blocking.shutdown();
        handlers.shutdown();
    }

    private static void answer(HttpExchange exchange, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exchange.close();
    }
}
