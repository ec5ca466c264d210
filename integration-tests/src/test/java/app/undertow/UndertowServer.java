package app.undertow;

import app.Announce;
import app.Get;
import app.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;

/** An Undertow server whose handlers run on I/O threads, or are dispatched to workers. */
public final class UndertowServer {

    private UndertowServer() {}

    public static void main(String[] args) throws Exception {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setHandler(UndertowServer::handle)
                .build();
        server.start();
        Get.drill(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
        server.stop();
        Announce.print();
    }

    private static void handle(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case "/block" -> exchange.getResponseSender().send(Handlers.block());
            case "/clean" -> exchange.getResponseSender().send(Handlers.compute());
            default ->
                exchange.dispatch(() -> {
                    exchange.startBlocking();
                    exchange.getResponseSender().send(Handlers.blockWhereItMay());
                });
        }
    }
}
