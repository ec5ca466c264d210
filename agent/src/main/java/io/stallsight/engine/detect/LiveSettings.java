package io.stallsight.engine.detect;

import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Mode;
import io.stallsight.hook.StallsightLoop;
import java.util.function.UnaryOperator;

/**
 * The settings in force. Any thread may change them. A change counts from the next call and the next end of a tick on.
 */
public final class LiveSettings {

    private final NonBlockingThreads threads;
    private volatile Settings current;

    LiveSettings(Config config, NonBlockingThreads threads) {
        this.threads = threads;
        this.current = new Settings(config.mode(), config.thresholdBlocking(), config.thresholdStall());
    }

    public Settings get() {
        return current;
    }

    public void setMode(Mode mode) {
        change(before -> new Settings(mode, before.threshold(), before.stall()));
    }

    /**
     * Changes the threshold of reports.
     *
     * @param nanos shorter blocking calls are counted, not reported
     */
    public void setThreshold(long nanos) {
        change(before -> new Settings(before.mode(), nanos, before.stall()));
    }

    /**
     * Changes the threshold of stalls.
     *
     * @param nanos a longer tick is a stall
     */
    public void setStall(long nanos) {
        change(before -> new Settings(before.mode(), before.threshold(), nanos));
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null) {
                loop.setSlowNanos(nanos); // each loop compares its ticks with a field of its own
            }
        }
    }

    private synchronized void change(UnaryOperator<Settings> change) {
        current = change.apply(current);
    }
}
