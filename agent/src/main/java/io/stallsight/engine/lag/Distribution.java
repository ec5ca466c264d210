package io.stallsight.engine.lag;

import io.stallsight.hook.StallsightHistogram;

/** What was added to a {@link StallsightHistogram} in one interval. Used by one thread. */
public final class Distribution {

    private final StallsightHistogram source;
    private final long[] last;
    private final Counts added = new Counts();

    public Distribution(StallsightHistogram source) {
        this.source = source;
        last = added.add(source, null);
        added.clear();
    }

    /** Begins the next interval: {@link #added} is what came since the last call. */
    public void next() {
        added.clear();
        added.add(source, last);
    }

    public Counts added() {
        return added;
    }
}
