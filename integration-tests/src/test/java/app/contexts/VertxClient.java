package app.contexts;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/** A client of Vert.x with fewer connections than requests. A class of its own, because only some runs have Vert.x. */
final class VertxClient {

    private final HttpClient client = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2))
            .createHttpClient(new PoolOptions().setHttp1MaxSize(2));

    Buffer get(int port, String path) throws Exception {
        return client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }
}
