package app.services;

import app.tagged.Work;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Vert.x Web on two event loops, with a router below another one. */
public final class VertxWeb extends AbstractVerticle {

    private static volatile int port;
    private static final ConcurrentLinkedQueue<Context> CONTEXTS = new ConcurrentLinkedQueue<>();

    private WorkerExecutor workers;

    public static void main(String[] args) throws Exception {
        boolean isNative = args[0].equals("epoll");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(isNative));
        if (vertx.isNativeTransportEnabled() != isNative) {
            throw new IllegalStateException("epoll");
        }
        vertx.deployVerticle(VertxWeb.class.getName(), new DeploymentOptions().setInstances(2))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        Work.serve(port);
    }

    @Override
    public void start(Promise<Void> started) {
        CONTEXTS.add(context);
        workers = vertx.createSharedWorkerExecutor("offloaded");
        vertx.eventBus().consumer("work", message -> message.reply("done"));
        Router shops = Router.router(vertx);
        shops.get("/:shop/items/:item").handler(this::handle);
        Router router = Router.router(vertx);
        router.route().handler(any -> any.next());
        router.get("/orders/:order").handler(this::handle);
        router.route("/shops/*").subRouter(shops);
        router.post("/customers/:customer/letters").handler(BodyHandler.create()).handler(this::handle);
        router.put("/reports/:report").handler(this::handle);
        vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
                .requestHandler(router)
                .listen(-1) // the verticles share a free port
                .onComplete(server -> {
                    port = server.result().actualPort();
                    started.complete();
                });
    }

    private void handle(RoutingContext routing) {
        String tag = routing.request().getParam("tag");
        String where = Work.begin(tag);
        if (where.equals("here")) {
            routing.response().end(Work.work(tag));
        } else {
            elsewhere(where, tag).onComplete(done -> routing.response().end(done.result()));
        }
    }

    private Future<String> elsewhere(String where, String tag) {
        Promise<String> answer = Promise.promise();
        switch (where) {
            case "timer" -> vertx.setTimer(2, id -> answer.complete(Work.work(tag)));
            case "context" -> context.runOnContext(none -> answer.complete(Work.work(tag)));
            case "otherLoop" -> other().runOnContext(none -> answer.complete(Work.work(tag)));
            case "afterWorker" -> vertx.executeBlocking(() -> "done").onSuccess(done -> answer.complete(Work.work(tag)));
            case "afterPool" -> workers.executeBlocking(() -> "done").onSuccess(done -> answer.complete(Work.work(tag)));
            case "async" ->
                CompletableFuture.supplyAsync(() -> "done")
                        .thenApplyAsync(done -> Work.work(tag), task -> context.runOnContext(none -> task.run()))
                        .thenAccept(answer::complete);
            case "message" -> vertx.eventBus()
                    .request("work", tag)
                    .onSuccess(reply -> answer.complete(Work.work(tag)));
            default -> throw new IllegalArgumentException(where);
        }
        return answer.future();
    }

    private Context other() {
        return CONTEXTS.stream().filter(each -> each != context).findFirst().orElseThrow();
    }
}
