package io.stallsight.engine.watch;

import io.stallsight.engine.thread.CallingThread;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks whether threads of the agent hang in methods of the application. A look costs a few nanoseconds. */
public final class HungCallWatch implements Look {

    /** While a call lasts. */
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(250);

    private final List<CallingThread> threads;
    private boolean lasts;

    public HungCallWatch(List<CallingThread> threads) {
        this.threads = threads;
    }

    @Override
    public void look(long now, long due) {
        lasts = false;
        for (int i = 0; i < threads.size(); i++) {
            lasts |= threads.get(i).look(now);
        }
    }

    @Override
    public long rest() {
        return lasts ? PERIOD : UNTIL_A_TICK;
    }

    @Override
    public boolean isSettled() {
        return true;
    }
}
