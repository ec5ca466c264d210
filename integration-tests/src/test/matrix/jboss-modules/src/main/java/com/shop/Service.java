package com.shop;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;

/** A module that uses the module of Undertow: a loader of its own loads each of them. */
public final class Service {

    private Service() {}

    public static void main(String[] args) {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.routing()
                        .get("/hello", exchange -> exchange.getResponseSender().send("hello"))
                        .get("/fault/{kind}", Service::fault)
                        .get("/offloaded/{kind}", new BlockingHandler(Service::fault)))
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        System.out.println("PORT " + address.getPort());
    }

    private static void fault(HttpServerExchange exchange) {
        exchange.getResponseSender()
                .send(Faults.run(exchange.getQueryParameters().get("kind").getFirst()));
    }
}
