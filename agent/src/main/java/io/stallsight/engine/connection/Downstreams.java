package io.stallsight.engine.connection;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FanOut;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The remote addresses to which connections are made and requests are sent. Thread-safe. */
final class Downstreams {

    /** Stands for the downstreams beyond the first thousand. */
    static final String OTHERS = "others";

    private static final int MAX_DOWNSTREAMS = 1_000;

    /** A downstream is forgotten after this idle time, and makes room for another. */
    private static final long FORGET_AFTER = TimeUnit.MINUTES.toNanos(10);

    private final int threshold;
    private final ConcurrentHashMap<String, Downstream> downstreams = new ConcurrentHashMap<>();

    /** @param threshold more in flight from one site to one downstream is fan-out */
    Downstreams(int threshold) {
        this.threshold = threshold;
    }

    /**
     * Finds or makes the downstream, and counts an operation before the downstream could be forgotten again. That takes
     * a lock of the map only where nothing is in flight: loops that connect at once must not queue for each other here.
     */
    FlightCounter begin(String name, FanOut.Operation operation) {
        Downstream inUse = downstreams.get(name);
        if (inUse != null && inUse.of(operation).beganBesideOthers()) {
            return inUse.of(operation);
        }
        String key = downstreams.containsKey(name) || downstreams.size() < MAX_DOWNSTREAMS ? name : OTHERS;
        Downstream counted = downstreams.compute(key, (same, known) -> {
            Downstream downstream = known == null ? new Downstream(key, threshold, System.nanoTime()) : known;
            downstream.of(operation).began();
            return downstream;
        });
        return counted.of(operation);
    }

    /** Reports each downstream in use once an interval, and forgets those that are not. */
    void sample(long now, Consumer<DownstreamSample> samples) {
        for (Downstream downstream : downstreams.values()) {
            DownstreamSample sample = downstream.sample(now);
            if (sample != null) {
                samples.accept(sample);
            } else if (downstream.idleFor(now) > FORGET_AFTER) {
                downstreams.computeIfPresent(
                        downstream.name(), (name, known) -> known.idleFor(now) > FORGET_AFTER ? null : known);
            }
        }
    }
}
