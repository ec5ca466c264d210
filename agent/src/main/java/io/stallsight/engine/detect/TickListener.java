package io.stallsight.engine.detect;

/** Takes long ticks, on the thread of the loop. It must be quick and must not block. */
public interface TickListener {
    void slowTick(SlowTick tick);
}
