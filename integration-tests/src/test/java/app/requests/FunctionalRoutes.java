package app.requests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Functional routes of WebFlux, whose handlers block the loop. */
@EnableWebFlux
public class FunctionalRoutes {

    private static final int BLOCK_MILLIS = 20;

    @Bean
    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/orders/{order}", request -> block())
                .path("/shops/{shop}", routes -> routes.GET("/items/{item}", request -> block()))
                .route(RequestPredicates.all(), request -> block())
                .build();
    }

    private static Mono<ServerResponse> block() {
        try {
            Thread.sleep(BLOCK_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return ServerResponse.ok().bodyValue("done");
    }

    static void callEach() throws Exception {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(FunctionalRoutes.class);
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (String path : new String[] {"/orders/7?user=ann", "/shops/north/items/3", "/others/17"}) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            if (client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .statusCode()
                    != 200) {
                throw new IllegalStateException(path);
            }
        }
    }
}
