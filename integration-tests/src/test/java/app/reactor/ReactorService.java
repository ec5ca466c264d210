package app.reactor;

import app.Announce;
import app.Get;
import app.Handlers;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A reactor-netty server, then Reactor's own schedulers. */
public final class ReactorService {

    private ReactorService() {}

    public static void main(String[] args) throws Exception {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                                "/block",
                                (request, response) -> response.sendString(Mono.fromCallable(Handlers::block)))
                        .get("/clean", (request, response) -> response.sendString(Mono.fromCallable(Handlers::compute)))
                        .get(
                                "/offload",
                                (request, response) -> response.sendString(Mono.fromCallable(Handlers::blockWhereItMay)
                                        .subscribeOn(Schedulers.boundedElastic()))))
                .bindNow();
        Get.drill(server.port());
        server.disposeNow(Duration.ofSeconds(10));

        Mono.delay(Duration.ofMillis(5)).map(tick -> Handlers.block()).block();
        Mono.fromCallable(Handlers::block).subscribeOn(Schedulers.single()).block();
        Mono.fromCallable(Handlers::blockWhereItMay)
                .subscribeOn(Schedulers.boundedElastic())
                .block();
        Flux.range(0, 100)
                .parallel()
                .runOn(Schedulers.parallel())
                .map(i -> Handlers.compute())
                .sequential()
                .blockLast();
        Announce.print();
        System.exit(0);
    }
}
