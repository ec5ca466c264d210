package app.cost;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Says hello over HTTP on one event loop of Vert.x, until the process is stopped. Prints its port. */
public final class VertxHello {

    private VertxHello() {}

    public static void main(String[] args) {
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
                .createHttpServer()
                .requestHandler(request -> request.response().end("Hello, world!"))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("PORT " + server.actualPort()));
    }
}
