package app.services;

import app.tagged.Work;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Spring WebFlux on Reactor Netty with two loops: a controller and a functional route. */
@RestController
@EnableWebFlux
public class WebFlux {

    private static final LoopResources LOOPS = LoopResources.create("web", 2, true);
    private static boolean isNative;

    public static void main(String[] args) throws Exception {
        isNative = args[0].equals("epoll");
        java.util.logging.LogManager.getLogManager().reset();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(WebFlux.class);
        HttpHandler handler = WebHttpHandlerBuilder.applicationContext(context).build();
        DisposableServer server = HttpServer.create()
                .bindAddress(() -> new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .runOn(LOOPS, isNative)
                .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        Work.serve(server.port());
    }

    @GetMapping("/orders/{order}")
    Mono<String> order(@PathVariable("order") String order, @RequestParam("tag") String tag) {
        return handle(tag);
    }

    @PostMapping("/customers/{customer}/letters")
    Mono<String> letter(
            @PathVariable("customer") String customer, @RequestParam("tag") String tag, @RequestBody byte[] body) {
        return handle(tag);
    }

    @Bean
    RouterFunction<ServerResponse> items() {
        return RouterFunctions.route()
                .path(
                        "/shops/{shop}",
                        routes -> routes.GET(
                                "/items/{item}",
                                request -> handle(request.queryParam("tag").orElseThrow())
                                        .flatMap(answer -> ServerResponse.ok().bodyValue(answer))))
                .build();
    }

    /** In the handler itself, or in what it returns. */
    private static Mono<String> handle(String tag) {
        String where = Work.begin(tag);
        return switch (where) {
            case "here" -> Mono.just(Work.work(tag));
            case "mapped" -> Mono.just("").map(any -> Work.work(tag));
            case "parallel" -> Mono.just("").publishOn(Schedulers.parallel()).map(any -> Work.work(tag));
            case "delay" -> Mono.delay(Duration.ofMillis(2)).map(any -> Work.work(tag));
            case "afterElastic" ->
                Mono.fromCallable(() -> "")
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(Schedulers.parallel())
                        .map(any -> Work.work(tag));
            case "async" ->
                Mono.fromFuture(CompletableFuture.completedFuture("")
                        .thenApplyAsync(any -> Work.work(tag), wrapping(anyLoop())));
            case "loop" -> {
                Scheduler loop = Schedulers.fromExecutor(anyLoop());
                yield Mono.just("").publishOn(loop).map(any -> Work.work(tag));
            }
            case "zip" ->
                Mono.zip(Mono.delay(Duration.ofMillis(1)), Mono.delay(Duration.ofMillis(3)))
                        .map(any -> Work.work(tag));
            default -> throw new IllegalArgumentException(where);
        };
    }

    /** As executors that pass on a context do. */
    private static Executor wrapping(EventLoop loop) {
        return task -> loop.execute(() -> task.run());
    }

    private static EventLoop anyLoop() {
        EventLoopGroup group = LOOPS.onServer(isNative);
        return group.next();
    }
}
