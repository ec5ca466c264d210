package com.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server without an executor: the thread that waits for all connections runs the handlers. */
public final class Service {

    private Service() {}

    public static void main(String[] args) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hello", exchange -> answer(exchange, "hello"));
        server.createContext("/fault/", Service::fault);
        server.createContext("/offloaded/", exchange -> pool.execute(() -> fault(exchange)));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            pool.shutdown();
        }));
        System.out.println("PORT " + server.getAddress().getPort());
    }

    private static void fault(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        answer(exchange, Faults.run(path.substring(path.lastIndexOf('/') + 1)));
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
