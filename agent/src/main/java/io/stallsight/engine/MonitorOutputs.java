package io.stallsight.engine;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.MonitorListener;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
        each(output -> output.loop(sample));
    }

    @Override
    public void downstream(DownstreamSample sample) {
        each(output -> output.downstream(sample));
    }

    @Override
    public void fanOut(FanOut fanOut) {
        each(output -> output.fanOut(fanOut));
    }

    @Override
    public void pinned(Pinned pinned) {
        each(output -> output.pinned(pinned));
    }

    @Override
    public void selfDeadlock(SelfDeadlock deadlock) {
        each(output -> output.selfDeadlock(deadlock));
    }

    @Override
    public void sampled() {
        each(MonitorListener::sampled);
    }

    @Override
    public void stall(Stall stall) {
        each(output -> output.stall(stall));
    }

    @Override
    public void pool(PoolSample sample) {
        each(output -> output.pool(sample));
    }

    @Override
    public void exhausted(PoolExhaustion exhaustion) {
        each(output -> output.exhausted(exhaustion));
    }

    private void each(Consumer<MonitorListener> tell) {
        outputs.forEach(tell);
    }
}
