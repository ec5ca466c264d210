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
import reactor.core.scheduler.Schedulers;

/** A shop whose prices, carts and locks are in Redis. */
public final class Service {

    private final Shop shop;
    private final ExecutorService handlers = Executors.newFixedThreadPool(8);
    private final ExecutorService blocking = Executors.newFixedThreadPool(32);
    private final AtomicInteger turn = new AtomicInteger();

    private Service(Shop shop) {
        this.shop = shop;
    }

    public static void main(String[] args) throws IOException {
        RedisServer redis = RedisServer.start();
        Service service = new Service(new Shop(redis.port()));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(service.handlers);
        server.createContext("/hello", service.handler(kind -> service.hello()));
        server.createContext("/fault/", service.handler(service::fault));
        server.createContext("/offloaded/", service.handler(service::offloaded));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            service.close();
            redis.close();
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
        CompletableFuture<String> price = shop.price().toFuture();
        CompletableFuture<String> visits = shop.visits();
        CompletableFuture<String> cart = CompletableFuture.supplyAsync(shop::cart, blocking);
        CompletableFuture<String> order = CompletableFuture.supplyAsync(shop::order, blocking);
        return CompletableFuture.allOf(price, visits, cart, order)
                .thenApply(all -> "hello " + price.join() + cart.join() + order.join());
    }

    /** Blocks a loop of Lettuce and one of Redisson in turns. */
    private CompletableFuture<String> fault(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? shop.price().map(price -> Faults.run(kind)).toFuture()
                : shop.visits(visits -> Faults.run(kind));
    }

    private CompletableFuture<String> offloaded(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? shop.price()
                        .publishOn(Schedulers.boundedElastic())
                        .map(price -> Faults.run(kind))
                        .toFuture()
                : shop.visits().thenApplyAsync(visits -> Faults.run(kind), blocking);
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
