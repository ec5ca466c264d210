package io.stallsight.engine.fact;

import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The requests that stood still behind a stall.
 *
 * @param byName those with the most requests first
 * @param lost what each of the {@link #measured} ones lost; empty in a recording
 */
public record Victims(List<Victim> byName, Histogram lost) {

    public static final Victims NONE = new Victims(List.of(), Histogram.EMPTY);

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** How many requests there are. */
    public int count() {
        return byName.stream().mapToInt(Victim::count).sum();
    }

    /** How many of them have a known lost time. */
    public int measured() {
        return byName.stream().mapToInt(Victim::measured).sum();
    }

    /** Whether there are any, and {@link #lostNanos} is the time of all. */
    public boolean areAllMeasured() {
        return !isEmpty() && measured() == count();
    }

    /** What the {@link #measured} ones lost together, nanoseconds; -1 if there are none. */
    public long lostNanos() {
        return measured() == 0 ? -1 : byName.stream().mapToLong(Victim::lost).sum();
    }

    /**
     * {@code 38 requests lost 2.9 s: 36 GET /hello lost 2.7 s, 2 GET /orders/{id} lost 170 ms}, for people; empty if
     * there are none.
     */
    public String text() {
        String names = byName.stream().map(Victim::text).collect(Collectors.joining(", "));
        return byName.size() <= 1 || measured() == 0 ? names : summary() + ": " + names;
    }

    /** {@code 38 requests lost 2.9 s}, for people; empty if there are none. */
    public String summary() {
        if (isEmpty()) {
            return "";
        }
        String requests = CountText.of(count(), "request", "requests");
        if (measured() == 0) {
            return requests + " waited";
        }
        return requests + (areAllMeasured() ? " lost " : " lost at least ") + DurationText.of(lostNanos());
    }
}
