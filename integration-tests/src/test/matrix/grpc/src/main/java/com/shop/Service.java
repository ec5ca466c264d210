package com.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Two gRPC servers, one of which runs its handlers on the loops, and a gateway that turns HTTP requests into calls. */
public final class Service {

    private Service() {}

    public static void main(String[] args) throws IOException {
        Server onLoops = builder().directExecutor().addService(new Shop()).build().start();
        Server onPool = builder().addService(new Shop()).build().start();
        ManagedChannel loops = channel(onLoops);
        ManagedChannel pool = channel(onPool);

        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newFixedThreadPool(16));
        gateway.createContext("/hello", exchange -> {
            call(pool, Shop.HELLO, "world");
            answer(exchange, call(loops, Shop.HELLO, "world"));
        });
        gateway.createContext("/fault/", exchange -> answer(exchange, call(loops, Shop.FAULT, kind(exchange))));
        gateway.createContext("/offloaded/", exchange -> answer(exchange, call(pool, Shop.FAULT, kind(exchange))));
        gateway.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.stop(0);
            loops.shutdown();
            pool.shutdown();
            onLoops.shutdown();
            onPool.shutdown();
        }));
        System.out.println("PORT " + gateway.getAddress().getPort());
    }

    private static ServerBuilder<?> builder() {
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create());
    }

    private static ManagedChannel channel(Server server) {
        return Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
    }

    private static String call(Channel channel, MethodDescriptor<String, String> method, String request) {
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }

    private static String kind(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
