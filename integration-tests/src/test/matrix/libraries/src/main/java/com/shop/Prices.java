package com.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Prices in caches that refresh themselves, behind a bulkhead and a time limit. */
final class Prices implements AutoCloseable {

    /** A price, as JSON has it. */
    record Price(String fruit, int cents, List<String> shops, Map<String, String> labels) {}

    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final ListeningExecutorService listening = MoreExecutors.listeningDecorator(pool);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ObjectMapper json = new ObjectMapper();

    private final AsyncLoadingCache<String, Price> caffeine = Caffeine.newBuilder()
            .maximumSize(16)
            .refreshAfterWrite(Duration.ofMillis(5))
            .expireAfterAccess(Duration.ofMinutes(1))
            .executor(pool)
            .recordStats()
            .buildAsync(Prices::load);

    private final LoadingCache<String, Price> guava = CacheBuilder.newBuilder()
            .maximumSize(16)
            .refreshAfterWrite(Duration.ofMillis(5))
            .build(CacheLoader.asyncReloading(CacheLoader.from(Prices::load), pool));

    private final Bulkhead bulkhead = Bulkhead.ofDefaults("prices");
    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("prices");
    private final ThreadPoolBulkhead workers = ThreadPoolBulkhead.of(
            "prices",
            ThreadPoolBulkheadConfig.custom()
                    .coreThreadPoolSize(4)
                    .maxThreadPoolSize(4)
                    .queueCapacity(100)
                    .build());
    private final TimeLimiter limiter = TimeLimiter.of(TimeLimiterConfig.custom()
            .timeoutDuration(Duration.ofSeconds(10))
            .build());

    private static Price load(String fruit) {
        return new Price(fruit, 42, List.of("here", "there"), Map.of("colour", "green"));
    }

    /** With a fruit that is likely to be in the caches, and one that is not. */
    CompletableFuture<String> find(int number) {
        return caffeine.get("fruit-" + number % 8)
                .thenCombine(caffeine.get("fruit-" + number), (one, other) -> List.of(one, other))
                .thenApply(this::text);
    }

    CompletableFuture<String> guavaPrice(int number) {
        CompletableFuture<String> price = new CompletableFuture<>();
        ListenableFuture<Price> loaded = listening.submit(() -> guava.get("fruit-" + number % 32));
        Futures.addCallback(
                loaded,
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(Price result) {
                        price.complete(text(List.of(result)));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        price.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return price;
    }

    /** On a thread of the bulkhead, within the time limit. */
    CompletionStage<String> limited(Supplier<String> work) {
        return limiter.executeCompletionStage(
                timer, () -> workers.executeSupplier(CircuitBreaker.decorateSupplier(breaker, work)));
    }

    /** On the calling thread. */
    String guarded(Supplier<String> work) {
        return bulkhead.executeSupplier(work);
    }

    private String text(List<Price> prices) {
        try {
            String text = json.writeValueAsString(prices);
            return json.readValue(text, Price[].class)[0].fruit();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            workers.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        timer.shutdown();
        pool.shutdown();
    }
}
