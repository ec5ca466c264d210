package app.reactor;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/**
 * Two connections, and six requests at any time, each of which takes 100 ms. No thread waits for a connection. Then
 * clients of which the agent knows only numbers have two connections for twenty requests.
 */
public final class ClientPool {

    private static final int MANY = 20;

    private ClientPool() {}

    public static void main(String[] args) throws InterruptedException {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) ->
                        response.sendString(Mono.delay(Duration.ofMillis(100)).map(String::valueOf)))
                .bindNow();
        ConnectionProvider connections = ConnectionProvider.builder("orders")
                .maxConnections(2)
                .pendingAcquireMaxCount(-1)
                .build();
        HttpClient client = HttpClient.create(connections).host("127.0.0.1").port(server.port());
        Flux.range(0, 60)
                .flatMap(
                        number -> client.get()
                                .uri("/")
                                .responseContent()
                                .aggregate()
                                .asString(),
                        6)
                .blockLast(Duration.ofSeconds(30));
        connections.dispose();
        measured(server.port());
        server.disposeNow();
        System.out.println("DONE");
        System.exit(0);
    }

    private static void measured(int port) throws InterruptedException {
        Semaphore done = new Semaphore(0);
        Bulkhead bulkhead = Bulkhead.of(
                "vendor",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(2)
                        .maxWaitDuration(Duration.ofSeconds(30))
                        .build());
        CountDownLatch inside = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            new Thread(
                            () -> bulkhead.executeRunnable(() -> {
                                inside.countDown();
                                vertx(port, done);
                            }),
                            "vendor-" + i)
                    .start();
        }
        inside.await();
        new Thread(() -> bulkhead.executeRunnable(done::release), "vendor-waits").start();
        okHttp(port, done);
        done.acquire((2 + 1) * MANY + 1);
    }

    /** Returns when all have been answered. */
    private static void vertx(int port, Semaphore done) {
        var client = Vertx.vertx().createHttpClient(new PoolOptions().setHttp1MaxSize(2));
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                    .compose(HttpClientRequest::send)
                    .compose(HttpClientResponse::body)
                    .onComplete(answer -> done.release()));
        }
        Future.all(all).toCompletionStage().toCompletableFuture().join();
    }

    private static void okHttp(int port, Semaphore done) {
        OkHttpClient client = new OkHttpClient();
        client.dispatcher().setMaxRequestsPerHost(2);
        Callback callback = new Callback() {
            @Override
            public void onFailure(Call call, IOException failure) {
                done.release();
            }

            @Override
            public void onResponse(Call call, Response response) {
                response.close();
                done.release();
            }
        };
        for (int i = 0; i < MANY; i++) {
            client.newCall(new Request.Builder()
                            .url("http://127.0.0.1:" + port + "/")
                            .build())
                    .enqueue(callback);
        }
    }
}
