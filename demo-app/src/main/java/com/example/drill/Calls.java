package com.example.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import jdk.jfr.consumer.EventStream;

/**
 * Stallsight's reports, read from the JFR repository of the running service. Events arrive about a second after the
 * reported fact.
 */
final class Calls implements AutoCloseable {
    /** Two, because the first flush may have begun before the moment to wait for. */
    private static final int FLUSHES_TO_SETTLE = 2;

    private final EventStream stream;
    private final List<Finding> calls = new ArrayList<>();
    private long flushes;
    private Consumer<Finding> listener = call -> {};

    private Calls(EventStream stream) {
        this.stream = stream;
    }

    /** @param repository directory that holds the chunks of one JVM */
    static Calls follow(Path repository, Instant from) throws IOException {
        EventStream stream = EventStream.openRepository(repository);
        Calls calls = new Calls(stream);
        stream.setStartTime(from);
        for (Finding.Type type : Finding.Type.values()) {
            stream.onEvent(type.event(), event -> {
                // an ongoing stall has another event at its end
                if (!event.hasField("ongoing") || !event.getBoolean("ongoing")) {
                    calls.add(Finding.of(type, event));
                }
            });
        }
        stream.onFlush(calls::flushed);
        stream.startAsync();
        return calls;
    }

    /** Passes each further call to the listener, on the thread of the stream. */
    synchronized void listen(Consumer<Finding> newListener) {
        listener = newListener;
    }

    synchronized List<Finding> matching(Predicate<Finding> condition) {
        return calls.stream().filter(condition).toList();
    }

    synchronized long flushes() {
        return flushes;
    }

    /**
     * Waits until all events from before {@link #flushes()} returned {@code flushesThen} have arrived, or until the
     * deadline.
     */
    void awaitSettled(long flushesThen, Duration deadline) throws InterruptedException {
        await(() -> flushes >= flushesThen + FLUSHES_TO_SETTLE, deadline);
    }

    /** Waits for a matching event, or until the deadline. */
    void await(Predicate<Finding> condition, Duration deadline) throws InterruptedException {
        await(() -> calls.stream().anyMatch(condition), deadline);
    }

    private synchronized void await(BooleanSupplier condition, Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        for (long rest = deadline.toNanos(); rest > 0 && !condition.getAsBoolean(); rest = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
    }

    private synchronized void add(Finding call) {
        calls.add(call);
        listener.accept(call);
        notifyAll();
    }

    private synchronized void flushed() {
        flushes++;
        notifyAll();
    }

    @Override
    public void close() {
        stream.close();
    }
}
