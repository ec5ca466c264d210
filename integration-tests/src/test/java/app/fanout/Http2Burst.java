package app.fanout;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.config.H2Config;
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

    /**
     * @param args the number of requests, and the clients, one after the other: jdk, reactor, okhttp, vertx or apache
     */
    public static void main(String[] args) throws Exception {
        for (String client : List.of(args).subList(1, args.length)) {
            burst(client, Integer.parseInt(args[0]));
        }
        System.exit(0);
    }

    private static void burst(String name, int number) throws Exception {
        Sinks.Empty<Void> released = Sinks.empty();
        DisposableServer server = server(released);
        InetSocketAddress address = (InetSocketAddress) server.address();
        String uri = "http://127.0.0.1:" + address.getPort();
        Function<String, CompletableFuture<String>> client = switch (name) {
            case "jdk" -> new OnJdk()::send;
            case "okhttp" -> new OnOkHttp()::send;
            case "vertx" -> new OnVertx()::send;
            case "apache" -> new OnApache()::send;
            default -> new OnReactor()::send;
        };
        try (Seen seen = Seen.events(DOWNSTREAM, FAN_OUT)) {
            System.out.println(name + " FIRST " + client.apply(uri + "/now").join());
            List<CompletableFuture<String>> answers = sendAll(client, uri, number);
            RecordedEvent full =
                    seen.await(event -> isOf(address, event) && event.getInt("requestsInFlight") == number);
            System.out.println(name + " PEAK " + full.getInt("requestsPeak") + " of " + full.getInt("requestsHighWater")
                    + " over " + full.getInt("inFlight"));
            answers.subList(0, SOME).forEach(answer -> answer.cancel(true));
            // the server must not answer a request before its cancellation has come
            int left = name.equals("apache") ? number : number - SOME; // its future does not cancel the request
            seen.awaitAfter(full, event -> isOf(address, event) && event.getInt("requestsInFlight") == left);
            released.tryEmitEmpty();
            int answered = 0;
            for (CompletableFuture<String> answer : answers) {
                answered += answer.handle((response, failure) -> failure == null ? 1 : 0)
                        .join();
            }
            RecordedEvent none =
                    seen.awaitAfter(full, event -> isOf(address, event) && event.getInt("requestsInFlight") == 0);
            System.out.println(name + " ANSWERED " + answered);
            System.out.println(name + " LEFT " + none.getInt("requestsInFlight") + ", failed "
                    + sum(seen, address, "requestsFailed") + " of " + sum(seen, address, "requestsBegun"));
            for (RecordedEvent event : seen.all(FAN_OUT)) {
                System.out.println(name + " FANOUT " + Seen.text(event, "operation") + " " + event.getInt("inFlight")
                        + " of " + event.getInt("highWater") + " at " + Seen.text(event, "site"));
            }
        }
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

    /** Speaks HTTP/2 at once. */
    private static final class OnOkHttp {
        private final OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .readTimeout(Duration.ZERO)
                .dispatcher(dispatcher())
                .build();

        private static Dispatcher dispatcher() {
            Dispatcher dispatcher = new Dispatcher();
            dispatcher.setMaxRequests(10_000);
            dispatcher.setMaxRequestsPerHost(10_000);
            return dispatcher;
        }

        CompletableFuture<String> send(String uri) {
            CompletableFuture<String> body = new CompletableFuture<>();
            Call call = client.newCall(new Request.Builder().url(uri).build());
            call.enqueue(new Callback() {
                @Override
                public void onFailure(Call failed, IOException e) {
                    body.completeExceptionally(e);
                }

                @Override
                public void onResponse(Call answered, Response response) throws IOException {
                    try (response) {
                        body.complete((response.protocol() == Protocol.H2_PRIOR_KNOWLEDGE ? "HTTP_2 " : "")
                                + response.body().string());
                    } catch (IOException e) {
                        body.completeExceptionally(e);
                    }
                }
            });
            body.whenComplete((text, failure) -> {
                if (body.isCancelled()) {
                    call.cancel();
                }
            });
            return body;
        }
    }

    private static final class OnVertx {
        private final io.vertx.core.http.HttpClient client = Vertx.vertx()
                .createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(false)
                                .setHttp2MultiplexingLimit(10_000),
                        new PoolOptions().setHttp2MaxSize(1));

        CompletableFuture<String> send(String uri) {
            CompletableFuture<String> body = new CompletableFuture<>();
            client.request(new RequestOptions().setAbsoluteURI(uri)).onComplete(made -> {
                if (made.failed()) {
                    body.completeExceptionally(made.cause());
                    return;
                }
                HttpClientRequest request = made.result();
                body.whenComplete((text, failure) -> {
                    if (body.isCancelled()) {
                        request.reset();
                    }
                });
                request.send()
                        .compose(response -> response.body()
                                .map(bytes ->
                                        response.version() == HttpVersion.HTTP_2 ? "HTTP_2 " + bytes : "" + bytes))
                        .onComplete(body::complete, body::completeExceptionally);
            });
            return body;
        }
    }

    /** Speaks HTTP/2 at once. */
    private static final class OnApache {
        private final CloseableHttpAsyncClient client = HttpAsyncClients.customHttp2()
                .disableAutomaticRetries() // it would repeat what is cancelled
                .setH2Config(H2Config.custom().setMaxConcurrentStreams(10_000).build())
                .build();

        OnApache() {
            client.start();
        }

        CompletableFuture<String> send(String uri) {
            CompletableFuture<String> body = new CompletableFuture<>();
            Future<SimpleHttpResponse> answer =
                    client.execute(SimpleRequestBuilder.get(uri).build(), new FutureCallback<>() {
                        @Override
                        public void completed(SimpleHttpResponse response) {
                            body.complete((response.getVersion() == org.apache.hc.core5.http.HttpVersion.HTTP_2
                                            ? "HTTP_2 "
                                            : "")
                                    + response.getBodyText());
                        }

                        @Override
                        public void failed(Exception failure) {
                            body.completeExceptionally(failure);
                        }

                        @Override
                        public void cancelled() {
                            body.cancel(false);
                        }
                    });
            body.whenComplete((text, failure) -> {
                if (body.isCancelled()) {
                    answer.cancel(true);
                }
            });
            return body;
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
