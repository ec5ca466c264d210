package io.stallsight.engine.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** When the garbage collector stopped the JVM. Filled by the first reading of a file, used by the second. */
final class Pauses {

    /** Collections last longer than they are apart only in a JVM that is lost anyway. */
    private static final int MAX_PAUSES = 1_000_000;

    /**
     * One stop of the JVM.
     *
     * @param start nanoseconds since 1970
     */
    record Pause(long start, long nanos) {}

    private final List<Pause> pauses = new ArrayList<>();
    private long total;
    private long longest;
    private boolean sorted;

    void add(Pause pause) {
        total += pause.nanos;
        longest = Math.max(longest, pause.nanos);
        if (pauses.size() < MAX_PAUSES) {
            pauses.add(pause);
            sorted = false;
        }
    }

    int count() {
        return pauses.size();
    }

    long totalNanos() {
        return total;
    }

    long longestNanos() {
        return longest;
    }

    List<Pause> longerThan(long nanos) {
        return pauses.stream().filter(pause -> pause.nanos >= nanos).toList();
    }

    /** For how long the collector stopped the JVM within a time, nanoseconds. */
    long within(long start, long nanos) {
        if (!sorted) {
            pauses.sort((a, b) -> Long.compare(a.start, b.start));
            sorted = true;
        }
        int at = Collections.binarySearch(
                pauses, new Pause(start - longest, 0), (a, b) -> Long.compare(a.start, b.start));
        long sum = 0;
        for (int i = at < 0 ? -at - 1 : at; i < pauses.size() && pauses.get(i).start < start + nanos; i++) {
            Pause pause = pauses.get(i);
            long overlap = Math.min(start + nanos, pause.start + pause.nanos) - Math.max(start, pause.start);
            sum += Math.max(0, overlap);
        }
        return sum;
    }
}
