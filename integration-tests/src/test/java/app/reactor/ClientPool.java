package app.reactor;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/** Two connections, and six requests at any time, each of which takes 100 ms. No thread waits for a connection. */
public final class ClientPool {

    private ClientPool() {}

    public static void main(String[] args) {
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
        server.disposeNow();
        System.out.println("DONE");
        System.exit(0);
    }
}
