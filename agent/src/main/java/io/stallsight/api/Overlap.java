package io.stallsight.api;

import io.stallsight.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures whether runs of a task overlap.
 *
 * <p>Runs that cannot overlap end one after the other: the last of n takes n times as long as the first. Runs that
 * overlap end together. The ratio of the last end to the first end, within one round, therefore shows whether they
 * overlapped: a slow machine slows all runs of a round alike. A disturbance (a collection, a CPU taken away) can make
 * overlapping runs look separate, but never the other way round; so one good round of {@value #MAX_ROUNDS} is the
 * proof.
 */
final class Overlap {

    private static final int MAX_ROUNDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AgentLink link;
    private final int n;
    private final Callable<? extends CompletionStage<?>> task;

    /** @param ends nanoseconds after the start at which each run ended, ascending */
    private record Round(List<Long> ends, int inFlight, Map<String, Long> busy) {

        /** Between 1 (one after the other) and the number of runs (all together). */
        double factor() {
            long last = Math.max(1, ends.get(ends.size() - 1));
            return Math.max(1, (double) ends.size() * ends.get(0) / last);
        }

        boolean overlaps() {
            return inFlight == ends.size() && factor() >= (ends.size() + 1) / 2.0;
        }

        String describe() {
            List<Map.Entry<String, Long>> loops = new ArrayList<>(busy.entrySet());
            loops.sort(Map.Entry.<String, Long>comparingByValue().reversed());
            StringBuilder text = new StringBuilder()
                    .append("    in flight at once  ")
                    .append(inFlight)
                    .append(" of ")
                    .append(ends.size())
                    .append("\n    first run took     ")
                    .append(DurationText.of(ends.get(0)))
                    .append("\n    last run took      ")
                    .append(DurationText.of(ends.get(ends.size() - 1)));
            for (int i = 0; i < Math.min(3, loops.size()); i++) {
                text.append(i == 0 ? "\n    busiest loops      " : ", ")
                        .append(loops.get(i).getKey())
                        .append(" for ")
                        .append(DurationText.of(loops.get(i).getValue()));
            }
            return text.toString();
        }
    }

    Overlap(AgentLink link, int n, Callable<? extends CompletionStage<?>> task) {
        if (n < 2) {
            throw new IllegalArgumentException("n must be at least 2 to overlap: " + n);
        }
        this.link = link;
        this.n = n;
        this.task = task;
    }

    void check() {
        round(1); // work that is done once (classes, connections) is no part of a run
        Round best = null;
        for (int i = 0; i < MAX_ROUNDS; i++) {
            Round round;
            try (Collector collector = Stallsight.collect()) {
                round = round(n);
                Findings blocking = collector.findings().blockingCalls();
                if (!blocking.isEmpty()) {
                    throw new FindingsError(
                            n + " concurrent runs cannot overlap, as they blocked a non-blocking thread:", blocking);
                }
            }
            if (round.overlaps()) {
                return;
            }
            if (best == null || round.factor() > best.factor()) {
                best = round;
            }
        }
        throw new AssertionError("expected " + n + " concurrent runs to overlap, but they ran one after the other:\n"
                + (best == null ? "" : best.describe())
                + "\n    fix                something that all runs need lets one pass at a time: a computation on a loop"
                + " (see the busiest), a pool or a semaphore of 1");
    }

    private Round round(int runs) {
        Map<String, Long> before = link.busy();
        long[] ends = new long[runs];
        CountDownLatch done = new CountDownLatch(runs);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            int run = i;
            start().whenComplete((value, thrown) -> {
                ends[run] = Math.max(1, System.nanoTime() - start);
                if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                }
                done.countDown();
            });
        }
        long allStarted = System.nanoTime() - start;
        await(done, failure);
        Map<String, Long> busy = link.busy();
        busy.replaceAll((loop, nanos) -> nanos - before.getOrDefault(loop, 0L));
        busy.values().removeIf(nanos -> nanos <= 0);
        Arrays.sort(ends);
        int early = 0;
        for (long end : ends) {
            early += end < allStarted ? 1 : 0;
        }
        // a run may end before the last one begins: that is no lack of overlap, unless the start of a run takes as
        // long as the run itself
        boolean startsBlock = early > 0 && allStarted > (long) runs * TimeUnit.MILLISECONDS.toNanos(1);
        return new Round(Arrays.stream(ends).boxed().toList(), startsBlock ? runs - early : runs, busy);
    }

    private CompletionStage<?> start() {
        try {
            return task.call();
        } catch (Exception e) {
            throw new AssertionError("a run could not be started", e);
        }
    }

    private void await(CountDownLatch done, AtomicReference<@Nullable Throwable> failure) {
        try {
            if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(done.getCount() + " of the runs did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while runs were on their way", e);
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError("a run failed", thrown);
        }
    }
}
