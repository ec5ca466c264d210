package io.stallsight.engine.metrics;

import io.stallsight.engine.catalog.CatalogReader;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigReader;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victims;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.testing.Stacks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Metrics without an engine, and facts to report to them. */
public final class MetricsFixture {

    private final BlockedTimes blocked = new BlockedTimes();
    public final Findings findings = new Findings(List.of(blocked));
    public final Metrics metrics;

    public MetricsFixture(String options) {
        Config config = ConfigReader.read(options, new Properties(), Map.of(), Path.of(""));
        HookTable hooks = new HookTable(new CatalogReader(17).catalog());
        metrics = new Metrics(findings, blocked, hooks::statuses, () -> Mode.OBSERVE, config);
    }

    /** A loop with one arrival and one tick, each with this lag in milliseconds. */
    public static LoopSample loop(String name, long millis, long pending) {
        long lag = millis * 1_000_000;
        return new LoopSample(
                System.nanoTime(),
                new Thread(name).getId(),
                name,
                LoopGroup.of(name),
                lag,
                lag,
                lag,
                lag,
                0.5,
                1,
                0,
                0,
                0,
                0,
                0,
                pending,
                -1,
                -1,
                0,
                0,
                of(lag),
                of(lag));
    }

    private static Histogram of(long nanos) {
        return new Histogram.Builder().add(nanos, 1).build();
    }

    /** A pool in which one task has waited for 2 ms. */
    public static PoolSample pool(String name, long active, long max, long completed) {
        return new PoolSample(
                System.nanoTime(),
                name,
                "ThreadPoolExecutor",
                PoolKind.THREADS,
                1,
                active,
                max,
                max,
                3,
                -1,
                1_000_000,
                2_000_000,
                3_000_000,
                0,
                0,
                0,
                0,
                completed,
                0,
                (double) active / max,
                of(2_000_000));
    }

    public static Stall stall(long id, String site, long millis, long waiting, boolean ongoing) {
        return new Stall(
                id,
                Thread.currentThread().getId(),
                "loop-1",
                "loop-#",
                0,
                millis * 1_000_000,
                ongoing,
                Cause.BLOCKING_CALL,
                Map.of(),
                Stacks.frame(site),
                "Thread.sleep",
                1,
                1,
                false,
                List.of(),
                null,
                null,
                List.of(),
                0,
                0,
                0,
                List.of(),
                List.of(),
                waiting,
                "",
                Request.UNKNOWN,
                Victims.NONE,
                0);
    }

    /** Returns the value of the sample with these labels, or -1 if there is none. */
    public double value(Metric metric, String... labels) {
        return metrics.samples().stream()
                .filter(sample -> sample.metric() == metric && sample.labels().equals(List.of(labels)))
                .mapToDouble(Sample::value)
                .findAny()
                .orElse(-1);
    }

    /** The value of the histogram with these labels. */
    public Buckets buckets(Metric metric, String... labels) {
        return metrics.samples().stream()
                .filter(sample -> sample.metric() == metric && sample.labels().equals(List.of(labels)))
                .map(Sample::buckets)
                .findAny()
                .orElseThrow();
    }

    double sum(Metric metric) {
        return metrics.samples().stream()
                .filter(sample -> sample.metric() == metric)
                .mapToDouble(Sample::value)
                .sum();
    }

    long series(Metric metric) {
        return metrics.samples().stream()
                .filter(sample -> sample.metric() == metric)
                .count();
    }
}
