package io.stallsight.engine.stall;

import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualThreads;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes stacks of loops that are late. All that are due are taken at once, as each call of the JVM is a safepoint of
 * the whole process: about 0.15 ms, measured on JDK 17 and 25. Virtual threads are unknown to the management bean, so
 * the stack of each is taken on its own. Used by the watching thread.
 */
final class LoopStacks {

    private static final int MAX_DEPTH = 400;

    /** A younger episode is not sampled, unless the threshold is lower. */
    private static final long MIN_AGE = TimeUnit.MILLISECONDS.toNanos(10);

    private final CpuLimit cpuLimit;
    private final Stacks stacks;
    private final List<Episode> due = new ArrayList<>();
    private @Nullable ThreadMXBean bean;

    LoopStacks(CpuLimit cpuLimit, Stacks stacks) {
        this.stacks = stacks;
        this.cpuLimit = cpuLimit;
    }

    /**
     * Samples those episodes that are likely to become a stall: from a fifth of the threshold on.
     *
     * @param threshold of stalls, nanoseconds
     */
    void look(Collection<Episode> episodes, long now, long threshold) {
        long from = Math.min(threshold, Math.max(MIN_AGE, threshold / 5));
        due.clear();
        for (Episode episode : episodes) {
            if (now - episode.start() >= from && episode.samples().isDue(now)) {
                episode.readLimit(cpuLimit);
                due.add(episode);
            }
        }
        if (!due.isEmpty()) {
            sampleDue();
        }
    }

    private void sampleDue() {
        List<Episode> platform = new ArrayList<>();
        for (Episode episode : due) {
            if (StallsightVirtualThreads.isVirtual(episode.thread())) {
                Thread.State state = ThreadFacts.state(episode.thread());
                add(episode, ThreadFacts.stack(episode.thread()), state);
            } else {
                platform.add(episode);
            }
        }
        if (!platform.isEmpty()) {
            samplePlatform(platform);
        }
    }

    private void samplePlatform(List<Episode> episodes) {
        long[] ids = new long[episodes.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ThreadFacts.id(episodes.get(i).thread());
        }
        ThreadInfo[] infos = bean().getThreadInfo(ids, MAX_DEPTH);
        for (int i = 0; i < ids.length; i++) {
            ThreadInfo info = infos[i];
            if (info != null
                    && !waitsForNobody(info)
                    && add(episodes.get(i), info.getStackTrace(), info.getThreadState())) {
                addLockOwner(episodes.get(i).samples(), info);
            }
        }
    }

    /**
     * Returns whether the loop was still late when the stack was there. A moment in which the loop runs the agent's
     * code says nothing of the application.
     */
    private boolean add(Episode episode, StackTraceElement[] stack, Thread.State threadState) {
        if (stack.length == 0
                || AgentFrames.isWorking(stack)
                || !episode.goesOn()
                || episode.isBacklog() && !episode.loop().inTick()) {
            return false;
        }
        StallsightThread state = episode.state();
        episode.samples()
                .add(new LoopSamples.Sample(stacks.readable(stack), threadState), state == null ? 0 : state.context());
        return true;
    }

    /**
     * Whether the thread waits for the agent, or for another thread to initialise a class, for which HotSpot has an
     * empty {@code int[]}.
     */
    private static boolean waitsForNobody(ThreadInfo info) {
        LockInfo lock = info.getLockInfo();
        return AgentThread.isNameOfAgent(info.getLockOwnerName())
                || lock != null && lock.getClassName().equals("[I");
    }

    private void addLockOwner(LoopSamples samples, ThreadInfo info) {
        long owner = info.getLockOwnerId();
        ThreadInfo known = samples.lockOwner();
        if (owner >= 0 && (known == null || known.getThreadId() != owner)) {
            samples.setLockOwner(bean().getThreadInfo(new long[] {owner}, MAX_DEPTH)[0]);
        }
    }

    /** Not before there is a late loop: what it loads costs start-up time. */
    private ThreadMXBean bean() {
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        return found;
    }
}
