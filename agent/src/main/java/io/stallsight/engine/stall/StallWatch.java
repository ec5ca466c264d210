package io.stallsight.engine.stall;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.LiveSettings;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.TickListener;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.engine.watch.Look;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import io.stallsight.text.Glob;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees a loop being late while it is: a tick that goes on, or a task that waits behind many short ones. From the moment
 * on at which that is likely to become a stall, stacks are sampled; at the end, and every second until then, the stall
 * is told with its cause.
 */
public final class StallWatch implements Look, TickListener {

    /** A tick of this age is looked at more closely. */
    private static final long SUSPICIOUS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long READ_TIMES_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int STACK_DEPTH = 400;
    private static final int MOST_SLOW_TICKS = 10_000;

    private final NonBlockingThreads threads;
    private final Glimpses glimpses;
    private final LiveSettings settings;
    private final Heartbeats others;
    private final List<Glob> concurrentCollectors;
    private final FactListener listener;
    private final Gauges gauges;
    private final StallAnalysis analysis;
    private long threshold;
    private long sampleFrom;
    private final CpuLimit cpuLimit = new CpuLimit();
    private final Map<Thread, Episode> episodes = new HashMap<>();
    private final Queue<SlowTick> slowTicks = new ConcurrentLinkedQueue<>();
    private final List<Episode> toSample = new ArrayList<>();
    private final Map<Thread, Episode.TimesAt> times = new HashMap<>();
    private long lastTimes = System.nanoTime() - READ_TIMES_EVERY;
    private @Nullable Pauses pauses;
    private @Nullable ThreadMXBean bean;
    private long lastId;
    private volatile boolean settled = true;

    /**
     * @param others beats of another thread of the agent
     * @param concurrentCollectors names of collector beans that do not measure pauses
     */
    public StallWatch(
            NonBlockingThreads threads,
            Glimpses glimpses,
            Stacks stacks,
            LiveSettings settings,
            Gauges gauges,
            Heartbeats others,
            List<Glob> concurrentCollectors,
            FactListener listener) {
        this.others = others;
        this.concurrentCollectors = concurrentCollectors;
        this.threads = threads;
        this.glimpses = glimpses;
        this.settings = settings;
        this.gauges = gauges;
        this.listener = listener;
        setThreshold(settings.get().stall());
        this.analysis = new StallAnalysis(glimpses, stacks);
    }

    /** Whether stalls can be observed in this JVM: without module java.management no cause could be named. */
    public static boolean isPossible() {
        return ModuleLayer.boot().findModule("java.management").isPresent();
    }

    private void setThreshold(long nanos) {
        threshold = nanos;
        sampleFrom = Math.min(nanos, Math.max(SUSPICIOUS, nanos / 5));
    }

    /** The watching thread must have ended. */
    public void close() {
        if (pauses != null) {
            pauses.close();
        }
    }

    @Override
    public void slowTick(SlowTick tick) {
        if (slowTicks.size() < MOST_SLOW_TICKS) {
            slowTicks.add(tick);
        }
    }

    @Override
    public void look(long now, long due) {
        if (threads.all().isEmpty() && episodes.isEmpty()) {
            return;
        }
        Pauses known = pauses;
        if (known == null) {
            known = new Pauses(
                    others,
                    concurrentCollectors); // not before there is a loop: the management classes cost start-up time
            pauses = known;
        }
        if (settings.get().stall() != threshold) {
            setThreshold(settings.get().stall());
        }
        StallsightLoop.nextLook();
        long knownUntil = known.look(now, due);
        readTimes(now);
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightThread state = entry.state();
            StallsightLoop loop = entry.ticks();
            if (state != null && loop != null) {
                follow(state, loop, now);
            }
        }
        sample(now);
        for (Iterator<Episode> all = episodes.values().iterator(); all.hasNext(); ) {
            Episode episode = all.next();
            if (episode.goesOn() && episode.thread.isAlive()) {
                goOn(episode, now);
                continue;
            }
            SlowTick tick = tickOf(episode);
            if (tick == null || tick.end() - knownUntil <= 0) { // else there may have been a pause of which nothing is
                all.remove(); // known yet
                if (tick != null) {
                    slowTicks.remove(tick);
                }
                end(episode, tick);
            }
        }
        for (Iterator<SlowTick> left = slowTicks.iterator(); left.hasNext(); ) {
            SlowTick tick = left.next();
            if (!isFollowed(tick) && tick.end() - knownUntil <= 0) {
                left.remove();
                // it began and ended between two looks: the watch itself did not run
                Episode unseen = new Episode(
                        tick.thread(),
                        null,
                        tick.loop(),
                        Episode.Form.TICK,
                        tick.start(),
                        now,
                        times.get(tick.thread()));
                tell(unseen, tick.end(), tick, false);
            }
        }
        settled = isEachOngoing();
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    private boolean isEachOngoing() {
        for (Episode episode : episodes.values()) {
            if (!episode.goesOn()) {
                return false;
            }
        }
        return slowTicks.isEmpty();
    }

    /**
     * Now and then, so that something is known of a tick which the watch did not see, or late; and how fast loops tick.
     */
    private void readTimes(long now) {
        if (now - lastTimes < READ_TIMES_EVERY) {
            return;
        }
        long sinceLast = now - lastTimes;
        lastTimes = now;
        times.keySet().removeIf(thread -> !thread.isAlive());
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop == null) {
                continue;
            }
            loop.pace(sinceLast);
            ThreadTimes read = ThreadTimes.of(loop.nativeId());
            if (read != null && !episodes.containsKey(entry.thread())) {
                times.put(entry.thread(), new Episode.TimesAt(System.nanoTime(), read));
            }
        }
    }

    private void follow(StallsightThread state, StallsightLoop loop, long now) {
        loop.seen(now);
        long start = loop.start();
        boolean busy = loop.inTick();
        Episode episode = episodes.get(state.thread());
        if (episode != null && (!episode.isBacklog() || start == 0 || now - start < threshold)) {
            return;
        }
        if (start != 0 && now - start >= SUSPICIOUS) {
            if (glimpses.mayBlockNow(state)) {
                loop.exempt();
            } else if (!loop.isExempt()) {
                episodes.put(
                        state.thread(),
                        new Episode(
                                state.thread(), state, loop, Episode.Form.TICK, start, now, times.get(state.thread())));
            }
            return;
        }
        StallsightQueue queue = loop.queue();
        long since = queue == null ? 0 : queue.sampleSince();
        if (episode == null && since != 0 && now - since >= SUSPICIOUS && busy) {
            episodes.put(
                    state.thread(),
                    new Episode(
                            state.thread(), state, loop, Episode.Form.QUEUED, since, now, times.get(state.thread())));
        } else if (queue != null && since != 0 && now - since >= threshold && !busy) {
            queue.dropSample(queue.sample()); // the loop waits for work: this task was taken back
        }
        long late = queue == null ? 0 : queue.lateSince();
        if (late != 0 && loop.slowEnd() != 0 && loop.slowEnd() - late > 0) {
            late = loop.slowEnd(); // that it waited for a long tick has been told
        }
        if (late != 0 && now - late >= SUSPICIOUS && busy && !episodes.containsKey(state.thread())) {
            episodes.put(
                    state.thread(),
                    new Episode(state.thread(), state, loop, Episode.Form.DUE, late, now, times.get(state.thread())));
        }
    }

    private void goOn(Episode episode, long now) {
        episode.seen(now);
        if (pauses != null) {
            episode.paused(pauses.latest(), now);
        }
        long age = now - episode.start;
        if (age < threshold) {
            return;
        }
        episode.waiting = Math.max(episode.waiting, gauges.waiting(episode.loop));
        if (episode.lastTold == 0) {
            episode.lastTold = episode.start;
        }
        if (now - episode.lastTold >= TELL_EVERY) {
            episode.lastTold = now;
            tell(episode, now, null, true);
        }
    }

    private @Nullable SlowTick tickOf(Episode episode) {
        for (SlowTick tick : slowTicks) {
            if (episode.isOf(tick)) {
                return tick;
            }
        }
        return null;
    }

    private void end(Episode episode, @Nullable SlowTick tick) {
        long end = tick == null ? episode.lastSeen : tick.end();
        boolean diedInIt = episode.goesOn();
        if (end - episode.start >= threshold && (tick != null || episode.isBacklog() || diedInIt)) {
            tell(episode, end, tick, false);
        }
    }

    /** Whether an episode waits for this end of its tick. */
    private boolean isFollowed(SlowTick tick) {
        for (Episode episode : episodes.values()) {
            if (episode.isOf(tick)) {
                return true;
            }
        }
        return false;
    }

    private void tell(Episode episode, long end, @Nullable SlowTick tick, boolean ongoing) {
        if (episode.id == 0) {
            episode.id = ++lastId;
        }
        if (episode.waiting == 0) {
            episode.waiting = gauges.waiting(episode.loop);
        }
        ThreadTimes times = tick != null ? tick.times() : ThreadTimes.of(episode.loop.nativeId());
        Pauses known = pauses;
        Pauses.Sum paused =
                known == null ? Pauses.Sum.NONE : known.sum(episode.start, end).minus(episode.covered());
        long throttled = episode.throttled < 0 ? 0 : Math.max(0, cpuLimit.throttledNanos() - episode.throttled);
        listener.observed(analysis.analyse(episode, end, tick, times, paused, throttled, ongoing));
    }

    private void sample(long now) {
        toSample.clear();
        for (Episode episode : episodes.values()) {
            if (now - episode.start >= sampleFrom && now - episode.lastSample >= episode.samplingPeriod()) {
                if (episode.throttled < 0) {
                    episode.throttled = cpuLimit.throttledNanos();
                }
                episode.lastSample = now;
                toSample.add(episode);
            }
        }
        if (toSample.isEmpty()) {
            return;
        }
        long[] ids = new long[toSample.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = toSample.get(i).thread.getId();
        }
        ThreadInfo[] infos = bean().getThreadInfo(ids, STACK_DEPTH);
        for (int i = 0; i < ids.length; i++) {
            ThreadInfo info = infos[i];
            Episode episode = toSample.get(i);
            if (info != null && info.getStackTrace().length > 0 && episode.goesOn()) {
                add(episode, info);
            }
        }
    }

    private void add(Episode episode, ThreadInfo info) {
        if (episode.isBacklog() && !episode.loop.inTick()) {
            return;
        }
        episode.add(
                new Episode.Sample(AgentFrames.withoutAgent(info.getStackTrace()), info.getThreadState()),
                episode.state == null ? 0 : episode.state.context());
        if (info.getLockOwnerId() >= 0) {
            if (episode.owner == null || episode.owner.getThreadId() != info.getLockOwnerId()) {
                ThreadInfo[] owner = bean().getThreadInfo(new long[] {info.getLockOwnerId()}, STACK_DEPTH);
                episode.owner = owner[0];
            }
        }
    }

    private ThreadMXBean bean() {
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        return found;
    }
}
