package app.pools;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;

/** Reads the agent's events of this JVM, so that a program can end as soon as everything has been reported. */
final class Witness implements AutoCloseable {

    private final RecordingStream stream = new RecordingStream();
    private final Map<String, Integer> samples = new HashMap<>();
    private final Map<String, Integer> exhaustions = new HashMap<>();

    Witness() {
        stream.enable("stallsight.ThreadPool");
        stream.enable("stallsight.PoolExhausted");
        stream.onEvent("stallsight.ThreadPool", event -> count(samples, event.getString("name")));
        stream.onEvent("stallsight.PoolExhausted", event -> exhausted(event.getString("name")));
        stream.startAsync();
    }

    private synchronized void count(Map<String, Integer> counts, String name) {
        counts.merge(name, 1, Integer::sum);
        notifyAll();
    }

    /** The samples from before do not count: they show a pool that was not exhausted yet. */
    private synchronized void exhausted(String name) {
        if (!exhaustions.containsKey(name)) {
            samples.remove(name);
        }
        count(exhaustions, name);
    }

    /** Waits until each of those has been reported as exhausted, and each pool has a few samples from after that. */
    synchronized void await(Set<String> sampled, Set<String> exhausted, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        samples.clear();
        while (!exhaustions.keySet().containsAll(exhausted)
                || sampled.stream().anyMatch(name -> samples.getOrDefault(name, 0) < 3)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                System.out.println("MISSING of " + sampled + " and " + exhausted + ": seen are " + samples + " and "
                        + exhaustions);
                return;
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
