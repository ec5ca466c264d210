package io.stallsight.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the measuring thread per call. For a call that never waits, it is the duration of the call. Other work on
 * the machine makes the wall time longer, but not the CPU time.
 */
public final class WorkerCpuTime implements InternalProfiler {

    static final String LABEL = "worker.cpu";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long before;

    @Override
    public String getDescription() {
        return "CPU time of the measuring thread per call";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = workerNanos();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = (double) (workerNanos() - before) / result.getMetadata().getAllOps();
        return List.of(new ScalarResult(LABEL, nanos, "ns/op", AggregationPolicy.AVG));
    }

    private static long workerNanos() {
        return Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> {
                    var info = THREADS.getThreadInfo(id);
                    return info != null && info.getThreadName().contains("-jmh-worker-");
                })
                .map(THREADS::getThreadCpuTime)
                .sum();
    }
}
