package io.stallsight.engine.watch;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The thread that samples loops, pools and connections once an interval (option {@code interval}, a second by default).
 * In contrast to the {@link WatchingThread} it may have to wait for a lock of the application, since a pool's getters
 * take the pool's lock.
 *
 * <p>It sleeps in short steps and not for a whole interval, for three reasons: how late each step begins is how late
 * this machine wakes a thread, which is the lag of a loop that has nothing else to wait for; each step is a beat
 * ({@link Heartbeats}) that proves to the watching thread that the process was not stopped; and some rooms have
 * something to report that should not wait. An error of one room is counted and does not end the others.
 */
public final class SamplingThread {

    static final int STEP_MILLIS = 50;

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);

    private final long period;
    private final Heartbeats beats;
    private final List<Sampler> samplers;
    private final AgentThread thread = AgentThread.lasting("sample", this::sampleUntilStopped);
    private volatile boolean stopped;

    /**
     * @param period between two samples, nanoseconds
     * @param beats takes a beat at each step
     */
    public SamplingThread(long period, Heartbeats beats, List<Sampler> samplers) {
        this.period = period;
        this.beats = beats;
        this.samplers = samplers;
    }

    public void start() {
        thread.start();
    }

    /** Ends the thread after a last round of reports; waits for it no longer than a second. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1_000);
    }

    private void sampleUntilStopped() {
        long lastSample = System.nanoTime();
        long lastStep = lastSample;
        long ownDelay = 0;
        while (!stopped) {
            long due = lastStep + Math.min(STEP, period);
            LockSupport.parkNanos(this, due - System.nanoTime());
            long now = System.nanoTime();
            ownDelay = Math.max(ownDelay, now - due);
            lastStep = now;
            beats.beat(now);
            if (now - lastSample >= period - STEP / 2) {
                Interval interval = new Interval(now, now - lastSample, ownDelay);
                each(sampler -> sampler.sample(interval));
                lastSample = now;
                ownDelay = 0;
            }
            each(sampler -> sampler.step(now));
        }
        long end = System.nanoTime();
        each(sampler -> sampler.finish(end));
    }

    private void each(Consumer<Sampler> part) {
        for (Sampler sampler : samplers) {
            try {
                part.accept(sampler);
            } catch (RuntimeException | Error e) {
                StallsightErrors.suppress(e);
            }
        }
    }
}
