package io.stallsight.engine.stall;

import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.thread.ThreadGlance;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes stacks of loops that are late: of all that are due at once, as a safepoint has one price for many
 * ({@link StackTaker}). While the budget of stops is low, samples of more than {@value #FEW} loops are rarer. While it
 * is empty, each of them has one sample only; of fewer loops, samples are rarer after the first
 * {@value #FIRST_SAMPLES}. Of too many late loops those are sampled that have the fewest samples. Used by the watching
 * thread.
 */
final class LoopStacks {

    private static final int MAX_DEPTH = 400;
    private static final int FEW = 4;
    private static final int FIRST_SAMPLES = 5;

    /** A younger episode is not sampled, unless the threshold is lower. */
    private static final long MIN_AGE = TimeUnit.MILLISECONDS.toNanos(10);

    private final CpuLimit cpuLimit;
    private final StackTaker taker;
    private final Stacks stacks;
    private final List<Episode> due = new ArrayList<>();

    /** Of this look, by the ids of their threads. */
    private final Map<Long, LockOwner> owners = new HashMap<>();

    LoopStacks(CpuLimit cpuLimit, StackTaker taker, Stacks stacks) {
        this.stacks = stacks;
        this.taker = taker;
        this.cpuLimit = cpuLimit;
    }

    /**
     * Samples those episodes that are likely to become a stall: from a fifth of the threshold on.
     *
     * @param threshold of stalls, nanoseconds
     */
    void look(Collection<Episode> episodes, long now, long threshold) {
        if (episodes.isEmpty()) {
            return;
        }
        StopBudget.Level level = taker.budget().level();
        long from = sampledFrom(threshold);
        for (Episode episode : episodes) {
            if (now - episode.start() >= from && episode.samples().isDue(now)) {
                episode.readLimit(cpuLimit);
                due.add(episode);
            }
        }
        if (level != StopBudget.Level.FULL) {
            boolean isMany = due.size() > FEW;
            due.removeIf(episode -> {
                boolean stays =
                        isMany ? isWorthForOneOfMany(episode, level, now) : isWorthForOneOfFew(episode, level, now);
                if (!stays) {
                    leaveOut(episode);
                }
                return !stays;
            });
        }
        if (due.size() > StackTaker.MAX_AT_ONCE) {
            due.sort(Comparator.comparingInt(episode -> episode.samples().all().size()));
            List<Episode> others = due.subList(StackTaker.MAX_AT_ONCE, due.size());
            others.forEach(this::leaveOut);
            others.clear();
        }
        if (!due.isEmpty()) {
            try {
                sampleDue(now);
            } finally { // the next look may be long after the application of these has gone
                due.clear();
                owners.clear();
            }
        }
    }

    /** The age from which an episode is likely to become a stall, nanoseconds. */
    static long sampledFrom(long threshold) {
        return Math.min(threshold, Math.max(MIN_AGE, threshold / 5));
    }

    /** The first samples name the culprit and the owner of a lock: these are taken in any case. */
    private static boolean isWorthForOneOfFew(Episode episode, StopBudget.Level level, long now) {
        return level == StopBudget.Level.LOW
                || episode.samples().all().size() < FIRST_SAMPLES
                || episode.samples().isDueWhileRare(now);
    }

    private static boolean isWorthForOneOfMany(Episode episode, StopBudget.Level level, long now) {
        return episode.samples().all().isEmpty()
                || level == StopBudget.Level.LOW && episode.samples().isDueWhileRare(now);
    }

    private void leaveOut(Episode episode) {
        episode.samples().reduce();
        taker.budget().reduce();
    }

    private void sampleDue(long now) {
        List<@Nullable ThreadGlance> glances =
                taker.take(due.stream().map(Episode::thread).toList(), MAX_DEPTH);
        for (int i = 0; i < glances.size(); i++) {
            ThreadGlance glance = glances.get(i);
            LoopSamples samples = due.get(i).samples();
            samples.taken(now);
            if (glance != null && !glance.waitsForNobody() && add(due.get(i), glance)) {
                addLockOwner(samples, glance);
            }
        }
    }

    /**
     * Returns whether the loop was still late when the stack was there. A moment in which the loop runs the agent's
     * code says nothing of the application.
     */
    private boolean add(Episode episode, ThreadGlance glance) {
        if (glance.stack().length == 0
                || AgentFrames.isWorking(glance.stack())
                || !episode.goesOn()
                || episode.isBacklog() && !episode.loop().inTick()) {
            return false;
        }
        StallsightThread state = episode.state();
        episode.samples()
                .add(
                        new LoopSamples.Sample(stacks.readable(glance.stack()), glance.state()),
                        state == null ? 0 : state.context());
        return true;
    }

    /** Many loops may wait for the same thread, whose stack is taken once. */
    private void addLockOwner(LoopSamples samples, ThreadGlance glance) {
        long id = glance.ownerId();
        LockOwner known = samples.lockOwner();
        if (id < 0 || known != null && known.id() == id) {
            return;
        }
        LockOwner owner = owners.get(id);
        if (owner == null) {
            ThreadGlance ofOwner = taker.withId(id, MAX_DEPTH);
            String name = glance.ownerName();
            if (ofOwner == null || name == null) {
                return;
            }
            owner = new LockOwner(id, name, stacks.readable(ofOwner.stack()));
            owners.put(id, owner);
        }
        samples.setLockOwner(owner);
    }
}
