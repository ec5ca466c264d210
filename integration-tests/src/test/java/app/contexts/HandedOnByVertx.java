package app.contexts;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** As {@link HandedOn}, on Vert.x. */
public final class HandedOnByVertx {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Map<String, Supplier<Future<String>>> WAYS = new LinkedHashMap<>();

    private HandedOnByVertx() {}

    public static void main(String[] args) throws Exception {
        Blocks.listenForRequests();
        HttpClient client = VERTX.createHttpClient();
        HttpServer server = get(
                VERTX.createHttpServer().requestHandler(HandedOnByVertx::handle).listen(0));
        Supplier<Future<String>> called =
                () -> client.request(HttpMethod.GET, server.actualPort(), "localhost", "/backend")
                        .compose(HttpClientRequest::send)
                        .compose(HttpClientResponse::body)
                        .map(body -> body.toString());
        Supplier<Future<String>> offloaded = () -> VERTX.executeBlocking(() -> "", false);
        WAYS.put("backend", HandedOnByVertx::timer);
        WAYS.put("timer", () -> timer().map(any -> block("timer")));
        WAYS.put("client", () -> called.get().map(any -> block("client")));
        WAYS.put("worker", () -> offloaded.get().map(any -> block("worker")));
        WAYS.put("both", () -> offloaded.get().compose(any -> called.get()).map(any -> block("both")));
        HandedOnClients.use(server.actualPort(), WAYS.keySet().stream().skip(1).toList());
        get(VERTX.close());
    }

    private static void handle(HttpServerRequest request) {
        WAYS.get(request.path().substring(1))
                .get()
                .onSuccess(text -> request.response().end(text))
                .onFailure(failure -> request.response().end(failure.toString()));
    }

    private static Future<String> timer() {
        return Future.future(promise -> VERTX.setTimer(2, id -> promise.complete("done")));
    }

    private static String block(String way) {
        Blocks.blockFor(way);
        return "done";
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
