package io.stallsight.engine.watch;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.CallingThread;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightSampling;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The thread that samples loops, pools and connections once an interval (option {@code interval}, a second by default).
 * In contrast to the {@link WatchingThread} it may have to wait for a lock of the application, since a pool's getters
 * take the pool's lock. A method of the application that does not return stops one thread, and another goes on with the
 * next sample ({@link CallingThread}).
 *
 * <p>While something goes on, it sleeps in short steps and not for a whole interval, for three reasons: how late each
 * step begins is how late this machine wakes a thread, which is the lag of a loop that has nothing else to wait for;
 * each step is a beat ({@link Heartbeats}) that proves to the watching thread that the process was not stopped; and
 * some rooms have something to report that should not wait.
 *
 * <p>While the watching thread sleeps and all rooms rest ({@link Sampler#rests}), it sleeps until the end of the
 * interval. The first task that waits in a pool ends the sleep ({@link StallsightSampling}), and so does the watching
 * thread. A ring that ends a sleep within a step would do so again and again: each of these doubles the time until the
 * next sleep, up to {@value #MAX_STEPS} steps.
 *
 * <p>An error of one room is counted and does not end the others.
 */
public final class SamplingThread {

    static final int STEP_MILLIS = 50;

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);

    private static final int MAX_STEPS = 20;

    private final long period;
    private final Heartbeats beats;
    private final Doorbell bell;
    private final List<Sampler> samplers;
    private final CallingThread thread = new CallingThread("sample", this::sampleUntilStopped);
    private volatile boolean stopped;

    /** {@link System#nanoTime()}, and whether there is one. */
    private long lastSample;

    private boolean begun;

    /** Steps from the end of one sleep to the next one, and those that are left. */
    private int minSteps = 1;

    private int stepsLeft;

    /**
     * @param period between two samples, nanoseconds
     * @param beats takes a beat at each step
     * @param bell at which this thread sleeps
     */
    public SamplingThread(long period, Heartbeats beats, Doorbell bell, List<Sampler> samplers) {
        this.period = period;
        this.beats = beats;
        this.bell = bell;
        this.samplers = samplers;
    }

    public void start() {
        thread.start();
    }

    /** Ends the thread after a last round of reports; waits for it no longer than a second. */
    public void stop() throws InterruptedException {
        stopped = true;
        bell.ring();
        thread.stop();
    }

    /** The thread that samples, to be looked at. */
    public CallingThread thread() {
        return thread;
    }

    private void sampleUntilStopped() {
        long lastStep = System.nanoTime();
        lastSample = begun ? lastSample : lastStep; // the interval in which a call hung goes on
        begun = true;
        long ownDelay = 0;
        while (!stopped) {
            long due = sleep(lastStep, lastSample);
            long now = System.nanoTime();
            ownDelay = Math.max(ownDelay, now - due);
            lastStep = now;
            beats.beat(now);
            if (now - lastSample >= period - STEP / 2) {
                Interval interval = new Interval(now, now - lastSample, ownDelay);
                lastSample = now;
                ownDelay = 0;
                each(sampler -> sampler.sample(interval));
            }
            stepAll(now);
        }
        long end = System.nanoTime();
        each(sampler -> sampler.finish(end));
    }

    /** Sleeps until the next step, or sample, is due, which it returns, or until a ring. */
    private long sleep(long lastStep, long lastSample) {
        long step = lastStep + Math.min(STEP, period);
        long sample = lastSample + period;
        stepsLeft = Math.max(0, stepsLeft - 1);
        if (stepsLeft > 0 || sample - step <= 0 || !mayRest()) {
            bell.await(step - System.nanoTime());
            return step;
        }
        StallsightSampling.fallAsleep();
        boolean rests = mayRest(); // a task that was queued before the flag was set is seen here
        if (rests) {
            bell.await(sample - System.nanoTime());
        }
        StallsightSampling.awake();
        if (!rests) {
            bell.await(step - System.nanoTime());
            return step;
        }
        long now = System.nanoTime();
        if (sample - now > 0) {
            minSteps = step - now > 0 ? Math.min(MAX_STEPS, 2 * minSteps) : 1;
            stepsLeft = minSteps;
        }
        return sample;
    }

    private boolean mayRest() {
        if (beats.areWanted()) {
            return false;
        }
        for (Sampler sampler : samplers) {
            try {
                if (!sampler.rests()) {
                    return false;
                }
            } catch (RuntimeException | Error e) {
                suppress(e);
                return false;
            }
        }
        return true;
    }

    private void each(Consumer<Sampler> part) {
        for (Sampler sampler : samplers) {
            try {
                part.accept(sampler);
            } catch (RuntimeException | Error e) {
                suppress(e);
            }
        }
    }

    /**
     * Not by {@link #each}: a step comes too seldom to be compiled soon, and interpreted, a lambda costs more than most
     * steps.
     */
    private void stepAll(long now) {
        for (int i = 0; i < samplers.size(); i++) {
            try {
                samplers.get(i).step(now);
            } catch (RuntimeException | Error e) {
                suppress(e);
            }
        }
    }

    private static void suppress(Throwable e) {
        if (e instanceof Error error && AgentThread.isEnd(error)) {
            throw error;
        }
        StallsightErrors.suppress(e);
    }
}
