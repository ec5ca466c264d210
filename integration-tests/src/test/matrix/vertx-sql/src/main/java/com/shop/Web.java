package com.shop;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The verticle of the web server, with a pool of few connections. */
final class Web extends AbstractVerticle {

    private static final int CONNECTIONS = 4;
    private static final int CROWD = 80;

    private final int postgres;
    private Pool pool;
    private int turn;
    private volatile int port;

    Web(int postgres) {
        this.postgres = postgres;
    }

    int port() {
        return port;
    }

    @Override
    public void start(Promise<Void> started) {
        pool = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(postgres)
                        .setDatabase("postgres")
                        .setUser("postgres")
                        .setPassword("postgres")
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .using(vertx)
                .build();
        Router router = Router.router(vertx);
        router.get("/hello")
                .handler(context -> hello().onSuccess(cents -> context.json(new JsonObject().put("cents", cents)))
                        .onFailure(context::fail));
        router.get("/fault/:kind")
                .handler(context -> price().onSuccess(
                                cents -> context.response().end(Faults.run(context.pathParam("kind"))))
                        .onFailure(context::fail));
        router.get("/offloaded/:kind")
                .handler(context -> price().compose(
                                cents -> vertx.executeBlocking(() -> Faults.run(context.pathParam("kind"))))
                        .onSuccess(text -> context.response().end(text))
                        .onFailure(context::fail));
        router.get("/crowd")
                .handler(context -> crowd().onSuccess(
                                all -> context.response().end("served"))
                        .onFailure(context::fail));
        table().compose(made -> vertx.createHttpServer().requestHandler(router).listen(0))
                .onSuccess(server -> {
                    port = server.actualPort();
                    started.complete();
                })
                .onFailure(started::fail);
    }

    private Future<Void> table() {
        return pool.query("create table price (fruit text primary key, cents int not null, sold int not null)")
                .execute()
                .compose(made -> pool.preparedQuery("insert into price values ($1, $2, 0)")
                        .execute(Tuple.of("apple", 42)))
                .mapEmpty();
    }

    /** Every third request sells an apple, in a transaction. */
    private Future<Integer> hello() {
        return turn++ % 3 == 0 ? sold() : price();
    }

    private Future<Integer> price() {
        return pool.preparedQuery("select cents from price where fruit = $1")
                .execute(Tuple.of("apple"))
                .map(rows -> rows.iterator().next().getInteger("cents"));
    }

    private Future<Integer> sold() {
        return pool.withTransaction(
                connection -> connection
                        .preparedQuery("update price set sold = sold + 1 where fruit = $1 returning cents")
                        .execute(Tuple.of("apple"))
                        .map(rows -> rows.iterator().next().getInteger("cents")));
    }

    /** More slow queries at once than the pool has connections. */
    private Future<?> crowd() {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            all.add(pool.query("select pg_sleep(0.1)").execute());
        }
        return Future.all(all);
    }
}
