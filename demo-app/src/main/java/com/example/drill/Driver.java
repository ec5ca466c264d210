package com.example.drill;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Drives one endpoint with concurrent requests while it probes a cheap neighbour at a steady rate. */
final class Driver implements AutoCloseable {
    /**
     * A hundred probes a second give two hundred samples in a phase of two seconds. This load is small even for one
     * loop.
     */
    private static final long PROBE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A user's pause between two requests. Without it, endpoints that answer at once would be driven to full load. */
    private static final long THINK_MILLIS = 25;

    private final Http load;
    private final Http probes;
    private final Duration duration;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "drill-clock");
        thread.setDaemon(true);
        return thread;
    });

    Driver(URI service, Duration duration) {
        this.load = new Http(service);
        this.probes = new Http(service);
        this.duration = duration;
    }

    /** Returns when every request that it sent is answered. */
    Phase drive(String path, int concurrency, String neighbour) {
        Instant start = Instant.now();
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        // What happens once (loading classes, opening connections) is part of the phase but not of its latencies.
        send(path, statuses).join();
        probes.get(neighbour).join();

        long end = System.nanoTime() + duration.toNanos();
        Queue<CompletableFuture<?>> answers = new ConcurrentLinkedQueue<>();
        Latencies latencies = new Latencies();
        ScheduledFuture<?> probing = probe(neighbour, latencies, answers);
        List<CompletableFuture<Void>> users = Stream.generate(() -> repeat(path, statuses, end))
                .limit(concurrency)
                .toList();
        all(users).join();
        probing.cancel(false);
        // The clock has one thread: behind this task, no probe is about to be sent.
        CompletableFuture.runAsync(() -> {}, clock).join();
        all(answers).join();
        return new Phase(start, Instant.now(), new TreeMap<>(statuses), latencies.percentile(0.99));
    }

    private CompletableFuture<Void> repeat(String path, Map<Integer, Long> statuses, long end) {
        return send(path, statuses)
                .thenComposeAsync(
                        status -> System.nanoTime() < end
                                ? repeat(path, statuses, end)
                                : CompletableFuture.completedFuture(null),
                        CompletableFuture.delayedExecutor(THINK_MILLIS, TimeUnit.MILLISECONDS, clock));
    }

    private CompletableFuture<Integer> send(String path, Map<Integer, Long> statuses) {
        return load.get(path).whenComplete((status, never) -> statuses.merge(status, 1L, Long::sum));
    }

    /**
     * A latency counts from the time at which the probe was due, not from the time at which it was sent. Otherwise a
     * stuck service would delay the probes and hide its own latency.
     */
    private ScheduledFuture<?> probe(String path, Latencies latencies, Queue<CompletableFuture<?>> answers) {
        long[] due = {System.nanoTime()};
        return clock.scheduleAtFixedRate(
                () -> {
                    long intended = due[0];
                    due[0] += PROBE_INTERVAL_NANOS;
                    answers.add(probes.get(path).thenRun(() -> latencies.add(System.nanoTime() - intended)));
                },
                0,
                PROBE_INTERVAL_NANOS,
                TimeUnit.NANOSECONDS);
    }

    private static CompletableFuture<Void> all(Collection<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
