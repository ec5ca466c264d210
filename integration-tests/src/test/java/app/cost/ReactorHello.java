package app.cost;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Says hello over HTTP on one event loop of Reactor Netty, until the process is stopped. Prints its port. */
public final class ReactorHello {

    private ReactorHello() {}

    public static void main(String[] args) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(LoopResources.create("hello", 1, true), false)
                .handle((request, response) ->
                        response.header("Content-Length", "13").sendString(Mono.just("Hello, world!")))
                .bindNow();
        System.out.println("PORT " + server.port());
        server.onDispose().block();
    }
}
