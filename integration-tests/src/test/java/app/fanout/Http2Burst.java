package app.fanout;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends a number of requests at once over one connection of HTTP/2, to a server that answers when it is released. Some
 * of them are cancelled, and some fail in the middle of their answer.
 */
public final class Http2Burst {

    private static final String DOWNSTREAM = "stallsight.Downstream";
    private static final String FAN_OUT = "stallsight.FanOut";

    /** The number of requests that are cancelled, and of those that fail. */
    private static final int SOME = 5;

    private Http2Burst() {}

    /** @param args the client (jdk or reactor), and the number of requests */
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[1]);
        Sinks.Empty<Void> released = Sinks.empty();
        DisposableServer server = server(released);
        InetSocketAddress address = (InetSocketAddress) server.address();
        String uri = "http://127.0.0.1:" + address.getPort();
        Function<String, CompletableFuture<String>> client =
                args[0].equals("jdk") ? new OnJdk()::send : new OnReactor()::send;
        try (Seen seen = Seen.events(DOWNSTREAM, FAN_OUT)) {
            System.out.println("FIRST " + client.apply(uri + "/now").join());
            List<CompletableFuture<String>> answers = sendAll(client, uri, number);
            RecordedEvent full =
                    seen.await(event -> isOf(address, event) && event.getInt("requestsInFlight") == number);
            System.out.println("PEAK " + full.getInt("requestsPeak") + " of " + full.getInt("requestsHighWater")
                    + " over " + full.getInt("inFlight"));
            answers.subList(0, SOME).forEach(answer -> answer.cancel(true));
            released.tryEmitEmpty();
            int answered = 0;
            for (CompletableFuture<String> answer : answers) {
                answered += answer.handle((response, failure) -> failure == null ? 1 : 0)
                        .join();
            }
            RecordedEvent none =
                    seen.awaitAfter(full, event -> isOf(address, event) && event.getInt("requestsInFlight") == 0);
            System.out.println("ANSWERED " + answered);
            System.out.println("LEFT " + none.getInt("requestsInFlight") + ", failed "
                    + sum(seen, address, "requestsFailed") + " of " + sum(seen, address, "requestsBegun"));
            for (RecordedEvent event : seen.all(FAN_OUT)) {
                System.out.println("FANOUT " + Seen.text(event, "operation") + " " + event.getInt("inFlight") + " of "
                        + event.getInt("highWater") + " at " + Seen.text(event, "site"));
            }
        }
        System.exit(0);
    }

    private static DisposableServer server(Sinks.Empty<Void> released) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                .http2Settings(settings -> settings.maxConcurrentStreams(10_000))
                .route(routes -> routes.get("/now", (request, response) -> response.sendString(Mono.just("now")))
                        .get(
                                "/held",
                                (request, response) ->
                                        response.sendString(released.asMono().then(Mono.just("held"))))
                        .get(
                                "/broken",
                                (request, response) -> response.header(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                                        .sendString(Flux.concat(
                                                Mono.just("half"),
                                                released.asMono()
                                                        .then(Mono.error(new IllegalStateException("broken")))))))
                .bindNow();
    }

    private static List<CompletableFuture<String>> sendAll(
            Function<String, CompletableFuture<String>> client, String uri, int number) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            answers.add(client.apply(uri + (i < number - SOME ? "/held" : "/broken")));
        }
        return answers;
    }

    /** The first request upgrades its connection to HTTP/2. */
    private static final class OnJdk {
        private final HttpClient client = HttpClient.newHttpClient();

        CompletableFuture<String> send(String uri) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
            CompletableFuture<String> body = answer.thenApply(response -> response.version() + " " + response.body());
            body.whenComplete((text, failure) -> {
                if (body.isCancelled()) {
                    answer.cancel(true);
                }
            });
            return body;
        }
    }

    private static final class OnReactor {
        private final reactor.netty.http.client.HttpClient client = reactor.netty.http.client.HttpClient.create(
                        ConnectionProvider.create("burst", 1))
                .protocol(HttpProtocol.H2C)
                .http2Settings(settings -> settings.maxConcurrentStreams(10_000));

        CompletableFuture<String> send(String uri) {
            return client.get()
                    .uri(uri)
                    .responseSingle((response, body) -> body.asString()
                            .map(text -> response.version().majorVersion() == 2 ? "HTTP_2 " + text : text))
                    .toFuture();
        }
    }

    private static long sum(Seen seen, InetSocketAddress address, String field) {
        return seen.all(DOWNSTREAM).stream()
                .filter(event -> isOf(address, event))
                .mapToLong(event -> event.getLong(field))
                .sum();
    }

    private static boolean isOf(InetSocketAddress address, RecordedEvent event) {
        return event.getEventType().getName().equals(DOWNSTREAM)
                && Seen.text(event, "name").endsWith(":" + address.getPort());
    }
}
