package com.shop;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Verticles of each threading model, which send messages to each other. */
public final class Service {

    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

    private Service() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        List<String> addresses = new ArrayList<>(List.of("worker"));
        DeploymentOptions worker = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("shop-worker")
                .setWorkerPoolSize(4);
        Future<String> deployed = vertx.deployVerticle(() -> new Blocking("worker"), worker.setInstances(4));
        if (Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS) {
            addresses.add("virtual");
            DeploymentOptions virtual = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
            deployed = deployed.compose(id -> vertx.deployVerticle(new Blocking("virtual"), virtual));
        }
        Web web = new Web(addresses);
        deployed.compose(id -> vertx.deployVerticle(web))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        System.out.println("PORT " + web.port());
    }
}
