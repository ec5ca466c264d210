package app.vertx;

import app.Announce;
import app.Get;
import app.Handlers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Vert.x HTTP server and a timer; the same source for Vert.x 4 and 5. */
public final class VertxService {

    private VertxService() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> handle(vertx, request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        Get.drill(server.actualPort());

        CompletableFuture<String> timer = new CompletableFuture<>();
        vertx.setTimer(5, id -> timer.complete(Handlers.block()));
        timer.get(20, TimeUnit.SECONDS);

        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Announce.print();
    }

    private static void handle(Vertx vertx, HttpServerRequest request) {
        switch (request.path()) {
            case "/block" -> request.response().end(Handlers.block());
            case "/clean" -> request.response().end(Handlers.compute());
            default ->
                vertx.executeBlocking(Handlers::blockWhereItMay)
                        .onSuccess(text -> request.response().end(text));
        }
    }
}
