package io.stallsight.engine.pool;

import io.stallsight.engine.lag.Counts;
import io.stallsight.engine.lag.QueueTrend;
import io.stallsight.engine.lag.WaitingLine;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.PoolQueues;
import io.stallsight.engine.thread.Callee;
import io.stallsight.hook.StallsightConnectionPool;
import io.stallsight.hook.StallsightLease;
import io.stallsight.hook.StallsightLimit;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightStates;
import io.stallsight.hook.StallsightThread;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One executor: its last reading, and what it had counted at the last sample. Holds the executor and its threads
 * weakly. Used by the sampling thread.
 */
final class Pool {

    private static final WeakReference<Thread> NOBODY = new WeakReference<>(null);

    /** A task needs less time from the hook into its queue. */
    private static final long ON_ITS_WAY_LIMIT = TimeUnit.MILLISECONDS.toNanos(50);

    /** From this age on, the sampled task is searched in the queue. */
    private static final long DOUBT_AFTER = TimeUnit.SECONDS.toNanos(2);

    /** Even an idle executor is read once in this many times: its threads may have ended. */
    private static final int IDLE_READ_PERIOD = 10;

    private static final int MAX_SEARCHED = 10_000;

    /** How often the queue is looked through for an object that is in it twice, and how many tasks are compared. */
    private static final long REPEATS_PERIOD = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_COMPARED = 200;

    /** Of the pool that is made next. Used by one thread. */
    private static int firstCalls;

    private final StallsightQueue queue;
    private final @Nullable PoolReader reader;
    private PoolReading reading = PoolReading.NOTHING;
    private WeakReference<Thread> worker = NOBODY;
    private String name = "";

    private final WaitingLine line = new WaitingLine();
    private long lastBegun;

    private boolean hasSearched;
    private long searchedAt;

    /** Calls of {@link #readInTurn}; not all pools begin at the same number, so that each has its turn. */
    private int calls = firstCalls++;

    private boolean isLeftOut;

    private boolean isIdle;
    private long takenAtReading;
    private int readings;

    /** At the last sample. */
    private long @Nullable [] waits;

    private long @Nullable [] runs;
    private long taken;
    private long completed = Gauges.UNKNOWN;
    private long rejected = Gauges.UNKNOWN;

    /** @param reader null if the catalog knows nothing of the class: it is no pool */
    Pool(StallsightQueue queue, @Nullable PoolReader reader) {
        this.queue = queue;
        this.reader = reader;
    }

    /** Null if this is no pool. */
    @Nullable
    PoolReader reader() {
        return reader;
    }

    /** Null if it is gone. */
    @Nullable
    Object executor() {
        return queue.executor().get();
    }

    /** Its threads, or those that run its tasks if it does not give them. */
    List<Thread> threads() {
        Object executor = executor();
        PoolReader by = reader;
        if (executor == null || by == null) {
            return List.of();
        }
        List<Thread> given = ask(executor, () -> by.workers(executor), List.of());
        if (!given.isEmpty() || by.givesWorkers()) {
            return given;
        }
        List<Thread> running = new ArrayList<>();
        for (StallsightThread state : StallsightStates.all()) {
            if (state.runsTaskOf(queue)) {
                running.add(state.thread());
            }
        }
        return running;
    }

    /** Who holds the permits of a semaphore; null if this is none. */
    @Nullable
    StallsightLimit limit() {
        return queue.limit();
    }

    /** Who waits for its connections and who has one; empty for a pool of threads. */
    List<StallsightLease> leases() {
        return queue.leases();
    }

    /** One of its threads; null if none is known, or it has ended. */
    @Nullable
    Thread worker() {
        return worker.get();
    }

    void rememberWorker(Thread one) {
        worker = new WeakReference<>(one);
    }

    /** Sets the name of its group. */
    void setName(String ofGroup) {
        name = ofGroup;
    }

    /** The numbers of the last {@link #read}. */
    PoolReading reading() {
        return reading;
    }

    /** Whether every worker, or connection, is busy while tasks, or borrowers, wait; as of the last {@link #read}. */
    boolean isFull() {
        return waitsOnlyWhenDry() ? reading.queued() > 0 && reading.active() != 0 : reading.isFull();
    }

    /** As {@link PoolReader#waitsOnlyWhenDry}. */
    boolean waitsOnlyWhenDry() {
        return reader != null && reader.waitsOnlyWhenDry();
    }

    /**
     * Does what {@link #read} does. Where no task waits, or waited at the last reading, only one of {@code turns} calls
     * reads; the others leave everything as it is.
     */
    boolean readInTurn(long clock, int turns) {
        boolean isQuiet = !reading.isNothing() && reading.queued() <= 0 && !queue.holdsTask();
        calls++;
        isLeftOut = turns > 1 && isQuiet && calls % turns != 0;
        return isLeftOut ? executor() != null : read(clock);
    }

    /** Whether the last {@link #readInTurn} left it as it was. */
    boolean isLeftOut() {
        return isLeftOut;
    }

    /**
     * Reads the executor's numbers; false if it is gone or over. An executor that was idle, and has not taken a task
     * since, still is: it need not be read.
     *
     * @param clock {@link System#nanoTime()} without the time in which nobody looked
     */
    boolean read(long clock) {
        Object executor = executor();
        if (executor != null
                && isIdle
                && queue.taken() == takenAtReading
                && queue.sample() == null
                && ++readings % IDLE_READ_PERIOD != 0) {
            return true;
        }
        isIdle = false;
        PoolReader by = reader;
        long takenBefore = queue.taken();
        Optional<PoolReading> present = executor == null || by == null
                ? Optional.empty()
                : ask(executor, () -> read(by, executor), Optional.empty());
        reading = present.orElse(PoolReading.NOTHING);
        if (executor == null || by == null || present.isEmpty()) {
            line.clear();
            return false;
        }
        takenAtReading = takenBefore;
        StallsightConnectionPool connections = queue.connectionsIfAny();
        if (connections != null) {
            connections.setMax(reading.max());
            connections.setName(name);
            if (reading.queued() < 0) {
                reading = reading.withQueued(connections.waiting());
            }
        }
        isIdle = by.seesEveryTask() && reading.isIdle();
        long begun = begun(by, executor);
        if (by.splitsTasks() && begun != lastBegun) {
            line.clear(); // a worker runs the tasks that it has forked unseen
        }
        lastBegun = begun;
        line.look(clock, begun, reading.queued());
        countRepeats(by, executor, clock);
        return true;
    }

    /** Nothing of an executor that is over. */
    private static Optional<PoolReading> read(PoolReader by, Object executor) {
        return by.isOver(executor) ? Optional.empty() : Optional.of(by.read(executor));
    }

    /** Calls methods of the executor, which may not return; see {@link Callee}. */
    private static <T> T ask(Object executor, Supplier<T> methods, T unknown) {
        return Callee.ofClass(executor.getClass()).call(executor, methods, unknown);
    }

    /** Queued tasks, at most {@code limit}; none if the pool does not give them. */
    List<Object> waiting(int limit) {
        Object executor = executor();
        PoolReader by = reader;
        return executor == null || by == null ? List.of() : ask(executor, () -> by.waiting(executor, limit), List.of());
    }

    /** The name of the pool as people know it; null if it is called after its threads. */
    @Nullable
    String name() {
        Object executor = executor();
        PoolReader by = reader;
        return executor == null || by == null
                ? null
                : ask(executor, () -> Optional.ofNullable(by.name(executor)), Optional.<String>empty())
                        .orElse(null);
    }

    /** As {@link PoolReader#namesOfOthers}. */
    @Nullable
    String namesOfOthers() {
        Object executor = executor();
        PoolReader by = reader;
        return executor == null || by == null
                ? null
                : ask(executor, () -> Optional.ofNullable(by.namesOfOthers(executor)), Optional.<String>empty())
                        .orElse(null);
    }

    /** How many tasks workers have begun: by the pool's own counter, or by the hooks if the pool does not keep one. */
    private long begun(PoolReader by, Object executor) {
        long active = Math.max(0, reading.active());
        boolean counts = reading.completed() > 0 || reading.completed() == 0 && queue.taken() <= active;
        long begun = counts ? reading.completed() + active : queue.taken();
        return ask(executor, () -> by.dropsOldest(executor), false) ? begun + queue.rejected() : begun;
    }

    /** Has the queue count if the same object is queued more than once, because its identity says nothing then. */
    private void countRepeats(PoolReader by, Object executor, long now) {
        if (reading.queued() == 0) {
            queue.stopCounting();
        } else if (reading.queued() > 0
                && !by.splitsTasks()
                && !(executor instanceof ScheduledExecutorService) // each of its tasks is an object of its own
                && (queue.isCounting() || queue.hasRepeats() || repeats(now))) {
            queue.countFrom(reading.queued());
        }
    }

    private boolean repeats(long now) {
        if (reading.queued() < 2 || hasSearched && now - searchedAt < REPEATS_PERIOD) {
            return false;
        }
        hasSearched = true;
        searchedAt = now;
        List<Object> waiting = waiting(MAX_COMPARED);
        Set<Object> different = Collections.newSetFromMap(new IdentityHashMap<>());
        different.addAll(waiting);
        return different.size() < waiting.size();
    }

    /** How many tasks it has finished, or, if it does not count them, taken. */
    long completedSoFar() {
        return reading.completed() >= 0 ? reading.completed() : queue.taken();
    }

    /** Since the last call. */
    long completedSinceLast() {
        long now = completedSoFar();
        long last = completed;
        completed = now;
        // of a pool that is older than the agent, only those that the hooks have seen
        return last == Gauges.UNKNOWN ? Math.min(now, queue.taken()) : Math.max(0, now - last);
    }

    /** Since the last call. */
    long rejectedSinceLast() {
        boolean counts = reading.rejected() >= 0;
        long now = counts ? reading.rejected() : queue.rejected();
        long last = rejected != Gauges.UNKNOWN ? rejected : counts ? now : 0;
        rejected = now;
        return Math.max(0, now - last);
    }

    /** Adds the durations that came since the last call, and has at least one task sampled in the next interval. */
    void addTo(Counts waitsOfAll, Counts runsOfAll) {
        long left = queue.taken() + queue.rejected();
        if (left != taken) {
            taken = left;
            waits = waitsOfAll.add(queue.waits(), waits);
            runs = runsOfAll.add(queue.runs(), runs);
            queue.sampleNext();
        }
    }

    /** Has a task sampled unless one waits already. */
    void sampleTask() {
        if (queue.sample() == null) {
            queue.sampleNext();
        }
    }

    /** Whether the hooks remember a task that waits, or waited a moment ago. */
    boolean holdsTask() {
        return queue.holdsTask();
    }

    /** Whether the sampled task, or a borrower, has waited for longer. */
    boolean hasWaited(long now, long nanos) {
        StallsightConnectionPool connections = queue.connectionsIfAny();
        if (connections != null) {
            return connections.oldestWait(now) > nanos;
        }
        return queue.holdsTask() && queue.sampleAge(now) > nanos;
    }

    /** Age of the task that has waited longest, as far as is known. Drops a sample that does not wait any more. */
    long oldest(long now) {
        StallsightConnectionPool connections = queue.connectionsIfAny();
        if (connections != null) {
            return connections.oldestWait(now);
        }
        long age = queue.sampleAge(now);
        if (age > 0 && reading.queued() >= 0 && isLost(age)) {
            queue.dropSample(queue.sample());
            age = 0;
        }
        return Math.max(Math.max(age, line.age()), reading.queued() > 0 ? reading.oldest() : 0);
    }

    /**
     * How long the oldest task has waited for certain. That the sampled task still waits is certain only if it can be
     * found in the queue, so its age counts only where the line says little.
     */
    long age(long now) {
        StallsightConnectionPool connections = queue.connectionsIfAny();
        if (connections != null) {
            return queue.waitInOrder(now);
        }
        boolean lineIsKnown = reader != null && !reader.splitsTasks() && reading.queued() >= 0;
        return lineIsKnown ? Math.max(line.age(), reading.oldest()) : oldest(now);
    }

    /** How its queue has changed; nothing is known of a pool that splits its tasks, or does not give its queue. */
    QueueTrend trend() {
        return reader == null || reader.splitsTasks() ? QueueTrend.NONE : line.trend();
    }

    /** Whether all tasks that wait are those of a scheduler that repeats them: one that waits is not queued again. */
    boolean holdsOnlyPeriodicTasks() {
        return executor() instanceof ScheduledThreadPoolExecutor scheduler
                && ask(scheduler, () -> PoolQueues.isPeriodic(scheduler), false);
    }

    /**
     * No worker takes a task that was cancelled and removed, and some tasks are run by the thread that waits for them.
     */
    private boolean isLost(long age) {
        Object sample = queue.sample();
        if (sample == null || queue.isCounting()) {
            return false;
        }
        if (sample instanceof ForkJoinTask<?> task && task.isDone()
                || sample instanceof FutureTask<?> future
                        && Callee.ofClass(future.getClass()).call(future, future::isDone, false)
                || reading.queued() == 0 && age > ON_ITS_WAY_LIMIT) {
            return true;
        }
        if (age < DOUBT_AFTER) {
            return false;
        }
        List<Object> waiting = waiting(MAX_SEARCHED);
        if (waiting.isEmpty() || waiting.size() == MAX_SEARCHED) {
            return false; // the queue cannot be searched
        }
        for (Object task : waiting) {
            if (task == sample) {
                return false;
            }
        }
        return true;
    }
}
