package io.stallsight.engine.recording;

import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds runs of samples of one loop that all have the same method of the application: the loop computed for as long.
 * Expects the samples of a thread in order.
 */
final class ComputingRuns {

    /** The JVM samples every 10 or 20 ms, and not always every thread. */
    private static final long MAX_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(65);

    /**
     * The loop computed in one method of the application.
     *
     * @param start nanoseconds since 1970
     * @param site the line of the last sample
     */
    record Run(
            String thread,
            long start,
            long nanos,
            int samples,
            StackTraceElement site,
            List<StackTraceElement> stack) {}

    private static final class Open {
        final String method;
        final long start;
        long last;
        int samples = 1;
        StackTraceElement site;
        List<StackTraceElement> stack;

        Open(String method, long start, StackTraceElement site, List<StackTraceElement> stack) {
            this.method = method;
            this.start = start;
            this.last = start;
            this.site = site;
            this.stack = stack;
        }
    }

    /** As many stalls as a picture keeps. */
    private static final int MAX_RUNS = 500;

    private final RecordedStacks stacks;
    private final long min;
    private final Map<String, Open> open = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();

    /** @param min shorter runs are left out, nanoseconds */
    ComputingRuns(RecordedStacks stacks, long min) {
        this.stacks = stacks;
        this.min = min;
    }

    void sample(String thread, long time, List<StackTraceElement> stack) {
        StackTraceElement site = stacks.isAllowed(stack) ? null : stacks.site(stack);
        String method = site == null ? "" : Frames.method(site);
        Open run = open.get(thread);
        if (run != null && run.method.equals(method) && time - run.last <= MAX_GAP_NANOS) {
            run.last = time;
            run.samples++;
            run.stack = stack;
            return;
        }
        close(thread, run);
        if (site == null) {
            open.remove(thread);
        } else {
            open.put(thread, new Open(method, time, site, stack));
        }
    }

    private void close(String thread, @Nullable Open run) {
        if (run != null && run.last - run.start >= min && runs.size() < MAX_RUNS) {
            runs.add(new Run(thread, run.start, run.last - run.start, run.samples, run.site, run.stack));
        }
    }

    /** Ends all runs, and returns them. */
    List<Run> finish() {
        open.forEach(this::close);
        open.clear();
        return runs;
    }
}
