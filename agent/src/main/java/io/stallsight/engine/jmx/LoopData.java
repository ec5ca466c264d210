package io.stallsight.engine.jmx;

import io.stallsight.engine.fact.LoopSample;

/** A loop as composite data of JMX. Values are those of the last interval. */
public final class LoopData {

    private final LoopSample sample;

    LoopData(LoopSample sample) {
        this.sample = sample;
    }

    public String getName() {
        return sample.name();
    }

    public String getLoopGroup() {
        return sample.loopGroup();
    }

    public double getLagP50Seconds() {
        return sample.lagP50() / 1e9;
    }

    public double getLagP99Seconds() {
        return sample.lagP99() / 1e9;
    }

    public double getLagMaxSeconds() {
        return sample.lagMax() / 1e9;
    }

    public double getUtilization() {
        return sample.utilization();
    }

    /** -1 if the number is unknown. */
    public long getPendingTasks() {
        return sample.pending();
    }
}
