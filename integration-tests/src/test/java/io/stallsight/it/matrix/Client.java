package io.stallsight.it.matrix;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends requests to a service of the matrix. */
final class Client {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private Duration longest = Duration.ZERO;

    Client(String port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** Ordinary traffic: so many requests, some at once, over kept-alive connections. */
    void traffic(int requests) {
        for (int sent = 0; sent < requests; sent += AT_ONCE) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(http.sendAsync(request("/hello"), HttpResponse.BodyHandlers.ofString()));
            }
            answers.forEach(answer -> check("/hello", answer.join()));
        }
    }

    /** Sends one request and waits for its answer. */
    String get(String path) {
        long start = System.nanoTime();
        try {
            String answer = check(path, http.send(request(path), HttpResponse.BodyHandlers.ofString()));
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            longest = waited.compareTo(longest) > 0 ? waited : longest;
            return answer;
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(path, e);
        }
    }

    /** How long the caller of {@link #get} waited at the most. */
    Duration longest() {
        return longest;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(TIMEOUT)
                .build();
    }

    private static String check(String path, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
