package com.shop;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Routes. */
public final class Service {

    private Service() {}

    public static void main(String[] args) {
        DisposableServer server = HttpServer.create()
                .port(0)
                .route(routes -> routes.get("/hello", (request, response) -> response.sendString(Mono.just("hello")))
                        .get("/fault/{kind}", (request, response) ->
                                response.sendString(Mono.fromSupplier(() -> Faults.run(request.param("kind")))))
                        .get("/offloaded/{kind}", (request, response) ->
                                response.sendString(Mono.fromSupplier(() -> Faults.run(request.param("kind")))
                                        .subscribeOn(Schedulers.boundedElastic()))))
                .bindNow();
        System.out.println("PORT " + server.port());
        server.onDispose().block();
    }
}
