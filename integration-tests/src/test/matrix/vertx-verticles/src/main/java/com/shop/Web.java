package com.shop;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.List;

/** The verticle of the web server: it calls other verticles, blocking code, and itself over HTTP. */
final class Web extends AbstractVerticle {

    private final List<String> addresses;
    private WebClient client;
    private int turn;
    private volatile int port;

    Web(List<String> addresses) {
        this.addresses = addresses;
    }

    int port() {
        return port;
    }

    @Override
    public void start(Promise<Void> started) {
        client = WebClient.create(vertx);
        Router router = Router.router(vertx);
        router.get("/hello")
                .handler(context -> hello().onSuccess(text -> context.json(new JsonObject().put("hello", text)))
                        .onFailure(context::fail));
        router.get("/world").handler(context -> context.response().end("world"));
        router.get("/fault/:kind")
                .handler(context -> context.response().end(Faults.run(context.pathParam("kind"))));
        router.get("/offloaded/:kind")
                .handler(context -> ask("worker", context.pathParam("kind"))
                        .onSuccess(text -> context.response().end(text))
                        .onFailure(context::fail));
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .onComplete(server -> {
                    port = server.result().actualPort();
                    started.complete();
                });
    }

    private Future<String> hello() {
        int now = turn++ % (addresses.size() + 2);
        if (now < addresses.size()) {
            return ask(addresses.get(now), "hello");
        }
        if (now == addresses.size()) {
            return vertx.executeBlocking(() -> "world");
        }
        return client.get(port, "localhost", "/world").send().map(Web::text);
    }

    private Future<String> ask(String address, String question) {
        return vertx.eventBus().<String>request(address, question).map(Message::body);
    }

    private static String text(HttpResponse<Buffer> response) {
        return response.bodyAsString();
    }
}
