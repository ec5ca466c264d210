package com.example.drill;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** GET requests to the service. */
final class Http {
    /** A request without an answer within this time has the status {@link #NO_ANSWER}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    static final int NO_ANSWER = 0;

    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Http(URI base) {
        this.base = base;
    }

    /** The status; never completes exceptionally. */
    CompletableFuture<Integer> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
        return client.sendAsync(request, BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .exceptionally(failure -> NO_ANSWER);
    }
}
