package com.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.scheduler.Schedulers;

/** A shop whose prices are in a PostgreSQL. */
public final class Service {

    private final Shop shop;
    private final ExecutorService handlers = Executors.newFixedThreadPool(8);
    private final ExecutorService blocking = Executors.newFixedThreadPool(32);
    private final AtomicInteger turn = new AtomicInteger();

    private Service(Shop shop) {
        this.shop = shop;
    }

    public static void main(String[] args) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Service service = new Service(new Shop(postgres.getPort()));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(service.handlers);
        server.createContext("/hello", service.handler(kind -> service.hello()));
        server.createContext("/fault/", service.handler(service::fault));
        server.createContext("/offloaded/", service.handler(service::offloaded));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            service.close();
            close(postgres);
        }));
        System.out.println("PORT " + server.getAddress().getPort());
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

    private CompletableFuture<String> hello() {
        CompletableFuture<Integer> reactive = shop.reactivePrice().toFuture();
        CompletableFuture<Integer> jooq = CompletableFuture.supplyAsync(shop::jooqPrice, blocking);
        CompletableFuture<Integer> hibernate = CompletableFuture.supplyAsync(shop::hibernatePrice, blocking);
        CompletableFuture<Integer> agroal = CompletableFuture.supplyAsync(shop::agroalPrice, blocking);
        return CompletableFuture.allOf(reactive, jooq, hibernate, agroal)
                .thenApply(all -> "hello " + reactive.join() + jooq.join() + hibernate.join() + agroal.join());
    }

    private CompletableFuture<String> fault(String kind) {
        return shop.reactivePrice().map(price -> Faults.run(kind)).toFuture();
    }

    private CompletableFuture<String> offloaded(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? shop.reactivePrice()
                        .publishOn(Schedulers.boundedElastic())
                        .map(price -> Faults.run(kind))
                        .toFuture()
                : CompletableFuture.supplyAsync(() -> Faults.run(kind), blocking);
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        shop.close();
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
