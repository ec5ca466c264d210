package io.stallsight.engine.check;

import io.stallsight.hook.StallsightEngine;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightRole;
import io.stallsight.hook.StallsightSelectors;
import io.stallsight.hook.StallsightThread;
import org.jspecify.annotations.Nullable;

/** Watches only the thread that runs the exercises; the hooks themselves record which of them ran. */
final class ProvingHandler extends StallsightEngine {

    @Override
    public void classify(StallsightThread state) {
        boolean exercises = state.thread().getName().equals("check");
        state.setExcluded(!exercises);
        if (exercises) {
            state.mustNotBlock(null);
        }
    }

    @Override
    public int roleNow(StallsightThread state) {
        return StallsightRole.WORKS;
    }

    @Override
    public @Nullable Throwable refuse(StallsightThread state) {
        return null;
    }

    @Override
    public @Nullable Throwable askPolicies(StallsightThread state, int point) {
        return null;
    }

    @Override
    public boolean takeOver(Object tool) {
        return false;
    }

    @Override
    public void exited(StallsightThread state, long nanos) {}

    @Override
    public void loopSeen(StallsightThread state, int point) {}

    @Override
    public int selecting(StallsightThread state, Object selector) {
        return StallsightSelectors.IGNORED;
    }

    @Override
    public void selected(StallsightThread state, Object selector, long nanos, boolean proven) {}

    @Override
    public void selectorClosed(StallsightThread state, Object selector) {}

    @Override
    public void slowTick(StallsightThread state, StallsightLoop loop, long start, long end) {}

    @Override
    public @Nullable StallsightQueue queueSeen(Object executor) {
        return null;
    }

    @Override
    public @Nullable Object connecting(Object connection, @Nullable Object remote) {
        return null;
    }

    @Override
    public void connectFailed(Object token) {}

    @Override
    public long connectionKey(Object connection) {
        return 0;
    }

    @Override
    public void disconnected(Object connection) {}

    @Override
    public void publishPending(StallsightThread state) {}

    @Override
    public void threadStarting(Thread thread) {}

    @Override
    public void threadEnding(StallsightThread state) {}
}
