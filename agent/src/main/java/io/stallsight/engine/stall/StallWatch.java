package io.stallsight.engine.stall;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.LiveSettings;
import io.stallsight.engine.detect.MayBlock;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.TickListener;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victim;
import io.stallsight.engine.fact.Victims;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.Questions;
import io.stallsight.engine.thread.Questions.Question;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.engine.watch.Look;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVictims;
import io.stallsight.hook.StallsightWatch;
import io.stallsight.text.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds stalls while they last, and reports each with its cause.
 *
 * <p>The problem: why a loop is late can be seen only while it is, but nobody knows beforehand which tick will be long,
 * and looking closely stops the whole JVM. And the thread that looks is itself subject to what it looks for: garbage
 * collections, a CPU limit, a stopped process.
 *
 * <p>The algorithm: every 5 ms the start of each loop's running tick is read, and the age of the task that waits for it
 * (two fields; no safepoint). While no loop is late, that is all, and every 20 ms the {@link Pauses} are read: reading
 * them costs more than all the rest. A loop that is 10 ms late gets an {@link Episode}. From a fifth of the threshold
 * on, its stack is sampled. At the end of a long tick the loop's own thread leaves exact amounts ({@link SlowTick}):
 * time in blocking calls and locks, CPU time. As soon as all pauses up to that end are known, {@link StallAnalysis}
 * divides the time among the causes. A stall that goes on is reported every second.
 *
 * <p>What always holds: the watching thread alone touches all state but the queue of long ticks; a stall is reported as
 * over exactly once; a long tick that no look saw (the watching thread did not run either) is reported as well, without
 * samples. What is given up: a backlog of short ticks has no exact end, it is seen at the next look; and of more than
 * {@value #MAX_SLOW_TICKS} long ticks between two looks the last are dropped.
 */
public final class StallWatch implements Look, TickListener {

    private static final int MAX_SLOW_TICKS = 10_000;

    /** The time that a loop gets for its first events after a long tick. */
    private static final long FIRST_EVENTS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The report of a stall waits for so long for the names of those that waited. */
    private static final long ALL_EVENTS = TimeUnit.MILLISECONDS.toNanos(100);

    /** It waits for so long if the loop has not stopped working since: it may serve many of them. */
    private static final long ALL_EVENTS_OF_BUSY_LOOP = TimeUnit.SECONDS.toNanos(1);

    /** A long tick of a thread that changes its role waits for so long until the application says what it did. */
    private static final long MAX_WAIT = TimeUnit.MILLISECONDS.toNanos(500);

    /** While no loop is late, the pauses of the JVM are read so often. */
    private static final long CLOSE_PERIOD = TimeUnit.MILLISECONDS.toNanos(20);

    /** With no more ticks in a look, it costs less to wake the watching thread for each than to look all the time. */
    private static final long FEW_TICKS = 1;

    private final NonBlockingThreads threads;
    private final LiveSettings settings;
    private final Heartbeats otherThread;
    private final List<Glob> concurrentCollectors;
    private final FactListener listener;
    private final Gauges gauges;
    private final Questions questions;
    private final Glimpses glimpses;
    private final StallAnalysis analysis;
    private final CpuLimit cpuLimit = new CpuLimit();
    private final LoopTimes times;
    private final LateLoops late;
    private final Predicate<Thread> isLate;
    private final LoopStacks stacks;
    private final ArrivalWatch arrivals;
    private final Queue<SlowTick> slowTicks = new ConcurrentLinkedQueue<>();

    /**
     * A stall that is over, without its victims.
     *
     * @param end of its tick
     * @param pending tasks that wait for the loop; null if the stall has them
     */
    private record Held(
            Stall stall,
            StallsightLoop loop,
            long end,
            @Nullable Question<Long> pending) {}

    /** Stalls whose loops still serve what waited for them. */
    private final List<Held> held = new ArrayList<>();

    /** Of {@link #slowTicks}, which count their elements one by one. */
    private final AtomicInteger slowTickCount = new AtomicInteger();

    /** The finished ticks of all loops when {@link #rest} looked last. */
    private long ticksAtRest;

    private @Nullable Pauses pauses;
    private long lastClose = System.nanoTime() - CLOSE_PERIOD;
    private final LongSupplier ids;
    private volatile boolean settled = true;

    /**
     * @param questions has methods of the application called on another thread
     * @param otherThread beats of another thread of the agent
     * @param concurrentCollectors names of collector beans that do not measure pauses
     * @param ids numbers of stalls
     */
    public StallWatch(
            NonBlockingThreads threads,
            Glimpses glimpses,
            Stacks stacks,
            StackTaker taker,
            LiveSettings settings,
            Gauges gauges,
            LoopSockets sockets,
            Questions questions,
            Heartbeats otherThread,
            List<Glob> concurrentCollectors,
            LongSupplier ids,
            FactListener listener) {
        this.threads = threads;
        this.settings = settings;
        this.gauges = gauges;
        this.questions = questions;
        this.glimpses = glimpses;
        this.otherThread = otherThread;
        this.concurrentCollectors = concurrentCollectors;
        this.ids = ids;
        this.listener = listener;
        this.stacks = new LoopStacks(cpuLimit, taker, stacks);
        this.arrivals = new ArrivalWatch(sockets);
        this.analysis = new StallAnalysis(glimpses, stacks);
        this.times = new LoopTimes(threads);
        this.late = new LateLoops(glimpses, times);
        this.isLate = late::isLate;
    }

    /** Whether stalls can be observed in this JVM: without module java.management no cause could be named. */
    public static boolean isPossible() {
        return ModuleLayer.boot().findModule("java.management").isPresent();
    }

    /** Gets ready for the first late loop, on the watching thread. */
    public void rehearse() {
        arrivals.rehearse();
    }

    /** To be called when the watching thread has ended. */
    public void close() {
        publishHeld(System.nanoTime() + ALL_EVENTS_OF_BUSY_LOOP);
        if (pauses != null) {
            pauses.close();
        }
    }

    @Override
    public void slowTick(SlowTick tick) {
        if (slowTickCount.get() < MAX_SLOW_TICKS) {
            slowTickCount.incrementAndGet();
            slowTicks.add(tick);
        }
        if (StallsightWatch.isAsleep()) {
            threads.watchBell().ring();
        }
    }

    /**
     * Nothing is late while each loop waits for work. If they ticked since the last time, they may soon do so again.
     */
    @Override
    public long rest() {
        if (!late.episodes().isEmpty() || !slowTicks.isEmpty() || !held.isEmpty()) {
            return 0;
        }
        long ticks = 0;
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null) {
                if (loop.inTick()) {
                    return 0;
                }
                ticks += loop.ticks();
            }
        }
        boolean isQuiet = ticks - ticksAtRest <= FEW_TICKS;
        ticksAtRest = ticks;
        return isQuiet ? UNTIL_A_TICK : 0;
    }

    @Override
    public void beforeSleep() {
        times.read(System.nanoTime());
    }

    @Override
    public void look(long now, long due) {
        if (!held.isEmpty()) {
            publishHeld(now);
        }
        if (threads.all().isEmpty() && late.episodes().isEmpty() && slowTicks.isEmpty()) {
            times.forget(); // the last loops of an application that is gone would stay until other loops come
            return;
        }
        long threshold = settings.get().stall();
        StallsightLoop.nextLook();
        Pauses known = pauses();
        times.look(now, isLate);
        boolean isClose = findLate(now, threshold)
                || !late.episodes().isEmpty()
                || !slowTicks.isEmpty()
                || now - due >= Pauses.USUAL_DELAY
                || now - lastClose >= CLOSE_PERIOD;
        if (!isClose) {
            settled = held.isEmpty();
            return;
        }
        lastClose = now;
        long knownUntil = known.look(due);
        arrivals.look(late.episodes(), now, threshold); // before the stacks, which take longer
        stacks.look(late.episodes(), now, threshold);
        for (Iterator<Episode> all = late.episodes().iterator(); all.hasNext(); ) {
            Episode episode = all.next();
            if (episode.goesOn() && episode.thread().isAlive()) {
                goOn(episode, known, now, threshold);
                continue;
            }
            SlowTick tick = tickOf(episode);
            if (tick == null || isKnown(tick, knownUntil)) {
                all.remove();
                end(episode, tick, threshold);
            }
        }
        reportUnseen(now, knownUntil);
        settled = isEachOngoing();
    }

    /** Returns whether a loop is late, or may be so at the next look. */
    private boolean findLate(long now, long threshold) {
        List<NonBlockingThreads.Entry> all = threads.all();
        boolean found = false;
        for (int i = 0; i < all.size(); i++) {
            StallsightThread state = all.get(i).state();
            StallsightLoop loop = all.get(i).ticks();
            if (state != null && loop != null) {
                found |= late.look(state, loop, now, threshold);
            }
        }
        late.lookEnds();
        return found;
    }

    /** Not before there is a loop: the management classes cost start-up time. */
    private Pauses pauses() {
        Pauses known = pauses;
        if (known == null) {
            known = new Pauses(otherThread, concurrentCollectors);
            pauses = known;
        }
        return known;
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    private boolean isEachOngoing() {
        for (Episode episode : late.episodes()) {
            if (!episode.goesOn()) {
                return false;
            }
        }
        return slowTicks.isEmpty() && held.isEmpty();
    }

    private void goOn(Episode episode, Pauses known, long now, long threshold) {
        episode.seen(now);
        episode.paused(known.latest(), now);
        if (now - episode.start() < threshold / 2) {
            return;
        }
        if (episode.mustCount(now)) {
            episode.ask(pending(episode), request(episode.state()));
        }
        episode.takeAnswers();
        if (now - episode.start() < threshold) {
            return;
        }
        if (episode.mustReport(now)) {
            report(episode, now, null, true);
        }
    }

    private void end(Episode episode, @Nullable SlowTick tick, long threshold) {
        if (tick != null) {
            remove(tick);
        }
        long end = tick == null ? episode.lastSeen() : tick.end();
        boolean diedInIt = episode.goesOn();
        if (end - episode.start() >= threshold && (tick != null || episode.isBacklog() || diedInIt)) {
            report(episode, end, tick, false);
        }
    }

    /** Long ticks that began and ended between two looks: the watching thread itself did not run. */
    private void reportUnseen(long now, long knownUntil) {
        for (Iterator<SlowTick> left = slowTicks.iterator(); left.hasNext(); ) {
            SlowTick tick = left.next();
            if (!isFollowed(tick) && isKnown(tick, knownUntil)) {
                MayBlock role = glimpses.askedSince(tick.thread(), tick.start());
                if (role == MayBlock.ASKED && now - tick.end() < MAX_WAIT) {
                    continue;
                }
                left.remove();
                slowTickCount.decrementAndGet();
                if (role != null && role != MayBlock.NO) {
                    continue; // it may block, or the application does not say
                }
                Thread thread = tick.thread();
                Episode unseen = new Episode(
                        thread,
                        tick.name(),
                        null,
                        tick.loop(),
                        Episode.Form.TICK,
                        tick.start(),
                        now,
                        tick.busyBefore(),
                        times.before(thread, tick.start()));
                report(unseen, tick.end(), tick, false);
            }
        }
    }

    /** By identity: a record compares its thread as well, and an application may override a thread's equals. */
    @SuppressWarnings("ReferenceEquality")
    private void remove(SlowTick tick) {
        if (slowTicks.removeIf(each -> each == tick)) {
            slowTickCount.decrementAndGet();
        }
    }

    /**
     * Whether everything about a tick is known: the pauses until its end, and what waited for it, which the loop counts
     * when it polls and processes the first events afterwards.
     */
    private static boolean isKnown(SlowTick tick, long knownUntil) {
        return tick.end() + FIRST_EVENTS - knownUntil <= 0;
    }

    private @Nullable SlowTick tickOf(Episode episode) {
        for (SlowTick tick : slowTicks) {
            if (episode.isOf(tick)) {
                return tick;
            }
        }
        return null;
    }

    /** Whether an episode waits for this end of its tick. */
    private boolean isFollowed(SlowTick tick) {
        for (Episode episode : late.episodes()) {
            if (episode.isOf(tick)) {
                return true;
            }
        }
        return false;
    }

    /** The answer may come when the tick is over: then those that are counted have not waited for it. */
    private Question<Long> pending(Episode episode) {
        StallsightLoop loop = episode.loop();
        long start = loop.start();
        return questions.ask(() -> {
            long pending = gauges.pending(loop);
            return loop.start() == start || episode.isBacklog() ? pending : Gauges.UNKNOWN;
        });
    }

    private @Nullable Question<Glimpses.Served> request(@Nullable StallsightThread state) {
        return state == null || state.request().request() == null ? null : questions.ask(() -> glimpses.served(state));
    }

    private void report(Episode episode, long end, @Nullable SlowTick tick, boolean ongoing) {
        if (episode.id() == 0) {
            episode.number(ids.getAsLong());
        }
        episode.takeAnswers();
        ThreadTimes atEnd =
                tick != null ? tick.times() : ThreadTimes.of(episode.loop().nativeId());
        Pauses.Sum paused = pauses().sum(episode.start(), end).minus(episode.covered());
        Stall stall = analysis.analyse(episode, end, tick, atEnd, paused, episode.throttled(cpuLimit), ongoing);
        if (tick != null) {
            held.add(new Held(
                    stall,
                    episode.loop(),
                    end,
                    episode.knowsPending() ? null : questions.ask(() -> gauges.pending(episode.loop()))));
            publishHeld(end);
        } else {
            listener.observed(stall);
        }
    }

    /** Publishes those whose victims are known, or have taken too long. */
    private void publishHeld(long now) {
        held.removeIf(each -> {
            StallsightVictims victims = each.loop.tick().victims();
            Long pending = each.pending == null ? Long.valueOf(Gauges.UNKNOWN) : each.pending.answer();
            long limit = each.loop.inTick() ? ALL_EVENTS_OF_BUSY_LOOP : ALL_EVENTS;
            boolean isReady = victims.isCounted(each.end) && pending != null || now - each.end >= limit;
            if (isReady) {
                listener.observed(
                        each.stall.with(victims(victims, each.end), pending == null ? Gauges.UNKNOWN : pending));
            }
            return isReady;
        });
    }

    private static Victims victims(StallsightVictims counted, long end) {
        List<Victim> victims = new ArrayList<>();
        for (int i = counted.size(end) - 1; i >= 0; i--) {
            if (counted.count(end, i) > 0 && counted.name(end, i) instanceof String name) {
                victims.add(new Victim(name, counted.count(end, i), counted.measured(end, i), counted.lost(end, i)));
            }
        }
        victims.sort(Comparator.comparingInt(Victim::count).reversed());
        long lost = victims.stream().mapToLong(Victim::lost).sum();
        return new Victims(List.copyOf(victims), lost(counted, end, lost));
    }

    private static Histogram lost(StallsightVictims counted, long end, long sum) {
        Histogram.Builder lost = new Histogram.Builder();
        for (int exponent = 0; exponent < Long.SIZE - 1; exponent++) {
            lost.add(Histogram.bucketOf(1L << exponent), counted.lostAbout(end, exponent), 0);
        }
        return lost.add(0, 0, (double) sum).build();
    }
}
