package io.stallsight.engine.stall;

import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.thread.ThreadFacts;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A time in which ready virtual threads wait for a carrier: what the carriers did. Used by the watching thread. */
final class SchedulerEpisode {

    /** Carriers whose virtual thread is looked at in one sample. */
    private static final int MAX_CARRIERS = 16;

    private static final long REPORT_PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** A virtual thread that was seen on a carrier. */
    static final class Mounted {
        final Thread carrier;
        int count;

        Mounted(Thread carrier) {
            this.carrier = carrier;
        }
    }

    private final long start;
    private final Map<Long, Long> cpuBefore;
    private final LoopSamples samples = new LoopSamples();
    private final IdentityHashMap<Thread, Mounted> mounted = new IdentityHashMap<>();
    private int rounds;
    private int fullRounds;
    private long waiting;
    private long age;
    private long lastReport;
    private long id;

    /** @param start since when a virtual thread has waited */
    SchedulerEpisode(long start, List<Thread> carriers, ThreadMXBean bean) {
        this.start = start;
        this.lastReport = start;
        this.cpuBefore = cpu(carriers, bean);
    }

    private static Map<Long, Long> cpu(List<Thread> carriers, ThreadMXBean bean) {
        Map<Long, Long> times = new HashMap<>();
        if (bean.isThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled()) {
            for (Thread carrier : carriers) {
                long id = ThreadFacts.id(carrier);
                times.put(id, bean.getThreadCpuTime(id));
            }
        }
        return times;
    }

    long start() {
        return start;
    }

    /** The CPU time of the carriers on average since the episode was first seen, nanoseconds; -1 if not known. */
    long cpu(List<Thread> carriers, ThreadMXBean bean, int number) {
        long sum = 0;
        Map<Long, Long> after = cpu(carriers, bean);
        for (Map.Entry<Long, Long> time : after.entrySet()) {
            long before = cpuBefore.getOrDefault(time.getKey(), 0L);
            sum += before < 0 || time.getValue() < 0 ? 0 : time.getValue() - before;
        }
        return after.isEmpty() ? -1 : sum / Math.max(1, number);
    }

    /** One look: {@code number} virtual threads wait, the oldest for {@code nanos}. */
    void seen(long number, long nanos) {
        waiting = Math.max(waiting, number);
        age = Math.max(age, nanos);
    }

    long waiting() {
        return waiting;
    }

    /** The longest wait that was seen, nanoseconds. */
    long age() {
        return age;
    }

    /** Takes the stacks of the virtual threads on the carriers, if that is due. */
    void sample(List<Thread> carriers, int parallelism, MemberPath path, long now) {
        if (!samples.isDue(now)) {
            return;
        }
        samples.taken(now);
        rounds++;
        int found = 0;
        for (Thread carrier : carriers.subList(0, Math.min(MAX_CARRIERS, carriers.size()))) {
            if (path.follow(carrier) instanceof Thread thread) {
                found++;
                Thread.State state = ThreadFacts.state(thread);
                StackTraceElement[] stack = ThreadFacts.stack(thread);
                if (stack.length > 0 && path.follow(carrier) == thread) {
                    samples.add(new LoopSamples.Sample(AgentFrames.withoutAgent(stack), state), 0);
                    mounted.computeIfAbsent(thread, first -> new Mounted(carrier)).count++;
                }
            }
        }
        fullRounds += found >= Math.min(MAX_CARRIERS, parallelism) ? 1 : 0;
    }

    /** Whether a carrier had no virtual thread for most of the time: it got no CPU to take one. */
    boolean hadFreeCarrier() {
        return 2 * fullRounds < rounds;
    }

    int rounds() {
        return rounds;
    }

    List<LoopSamples.Sample> samples() {
        return samples.all();
    }

    /** The virtual thread that was seen on a carrier most often; null if none was seen. */
    Map.@Nullable Entry<Thread, Mounted> longest() {
        return mounted.entrySet().stream()
                .max((a, b) -> Integer.compare(a.getValue().count, b.getValue().count))
                .orElse(null);
    }

    /** Whether no virtual thread kept its carrier for half of the time: each is innocent alone. */
    boolean areMany() {
        Map.Entry<Thread, Mounted> longest = longest();
        return longest != null && rounds >= 4 && longest.getValue().count * 2 < rounds;
    }

    boolean mustReport(long now) {
        if (now - lastReport < REPORT_PERIOD) {
            return false;
        }
        lastReport = now;
        return true;
    }

    /** Whether it has been reported: then its end must be as well. */
    boolean isReported() {
        return id != 0;
    }

    /** The number of the stall: {@code fresh} at the first call. */
    long id(LongSupplier fresh) {
        if (id == 0) {
            id = fresh.getAsLong();
        }
        return id;
    }
}
