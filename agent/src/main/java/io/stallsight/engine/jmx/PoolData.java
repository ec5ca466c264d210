package io.stallsight.engine.jmx;

import io.stallsight.engine.fact.PoolSample;

/** A pool as composite data of JMX. Values are those of the last interval; unknown ones are -1. */
public final class PoolData {

    private final PoolSample sample;

    PoolData(PoolSample sample) {
        this.sample = sample;
    }

    public String getName() {
        return sample.name();
    }

    public String getType() {
        return sample.type();
    }

    public long getActive() {
        return sample.active();
    }

    public long getSize() {
        return sample.size();
    }

    public long getMax() {
        return sample.max();
    }

    public long getQueued() {
        return sample.queued();
    }

    public double getQueueWaitP99Seconds() {
        return sample.waitP99() / 1e9;
    }

    public double getSaturation() {
        return sample.saturation();
    }
}
