package com.shop;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** A service of one verticle, as in the guide of Vert.x Web. */
public final class Service extends AbstractVerticle {

    private volatile int port;

    public static void main(String[] args) {
        Service service = new Service();
        Vertx.vertx()
                .deployVerticle(service)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        System.out.println("PORT " + service.port);
    }

    @Override
    public void start(Promise<Void> started) {
        Router router = Router.router(vertx);
        router.get("/hello").handler(context -> context.json(new JsonObject().put("hello", "world")));
        router.get("/fault/:kind")
                .handler(context -> context.response().end(Faults.run(context.pathParam("kind"))));
        router.get("/offloaded/:kind")
                .handler(context -> vertx.executeBlocking(() -> Faults.run(context.pathParam("kind")))
                        .onComplete(done -> context.response().end(done.result())));
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .onComplete(server -> {
                    port = server.result().actualPort();
                    started.complete();
                });
    }
}
