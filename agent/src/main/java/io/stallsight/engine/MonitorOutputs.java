package io.stallsight.engine;

import io.stallsight.engine.monitor.DownstreamSample;
import io.stallsight.engine.monitor.FanOut;
import io.stallsight.engine.monitor.LoopSample;
import io.stallsight.engine.monitor.MonitorListener;
import io.stallsight.engine.monitor.Pinned;
import io.stallsight.engine.monitor.PoolExhaustion;
import io.stallsight.engine.monitor.PoolSample;
import io.stallsight.engine.monitor.SelfDeadlock;
import io.stallsight.engine.monitor.Stall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands what the monitors find to every output. */
record MonitorOutputs(List<MonitorListener> outputs) implements MonitorListener {

    /** Of those outputs that there are. */
    static MonitorOutputs of(@Nullable MonitorListener... outputs) {
        List<MonitorListener> present = new ArrayList<>();
        for (MonitorListener output : outputs) {
            if (output != null) {
                present.add(output);
            }
        }
        return new MonitorOutputs(present);
    }

    @Override
    public void loop(LoopSample sample) {
        for (MonitorListener output : outputs) {
            output.loop(sample);
        }
    }

    @Override
    public void downstream(DownstreamSample sample) {
        for (MonitorListener output : outputs) {
            output.downstream(sample);
        }
    }

    @Override
    public void fanOut(FanOut fanOut) {
        for (MonitorListener output : outputs) {
            output.fanOut(fanOut);
        }
    }

    @Override
    public void pinned(Pinned pinned) {
        for (MonitorListener output : outputs) {
            output.pinned(pinned);
        }
    }

    @Override
    public void selfDeadlock(SelfDeadlock deadlock) {
        for (MonitorListener output : outputs) {
            output.selfDeadlock(deadlock);
        }
    }

    @Override
    public void stall(Stall stall) {
        for (MonitorListener output : outputs) {
            output.stall(stall);
        }
    }

    @Override
    public void pool(PoolSample sample) {
        for (MonitorListener output : outputs) {
            output.pool(sample);
        }
    }

    @Override
    public void exhausted(PoolExhaustion exhaustion) {
        for (MonitorListener output : outputs) {
            output.exhausted(exhaustion);
        }
    }
}
