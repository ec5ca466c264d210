package io.stallsight.engine.picture;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.finding.Output;
import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Puts what the engine finds into a {@link Picture}. A blocked thread only appends to a queue; the sampling thread
 * takes from it once an interval.
 */
public final class LivePicture implements Output, FactListener {

    /** Calls of one interval that are kept. */
    private static final int MOST_QUEUED = 20_000;

    private record Call(String fingerprint, BlockingCall call, long time) {}

    private final Picture picture;
    private final Supplier<HooksRow> hooks;
    private final LongFunction<AgentRow> agent;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    /**
     * @param hooks asked once an interval
     * @param agent likewise, with the number of calls that were dropped
     */
    public LivePicture(Picture picture, Supplier<HooksRow> hooks, LongFunction<AgentRow> agent) {
        this.picture = picture;
        this.hooks = hooks;
        this.agent = agent;
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (queued.get() >= MOST_QUEUED) {
            dropped.increment();
            return;
        }
        queued.incrementAndGet();
        calls.add(new Call(finding.fingerprint(), call, System.currentTimeMillis()));
    }

    private void intervalEnded() {
        for (Call next = calls.poll(); next != null; next = calls.poll()) {
            queued.decrementAndGet();
            picture.call(row(next));
        }
        picture.hooks(hooks.get());
        picture.agent(agent.apply(dropped.sum()));
        picture.now(System.currentTimeMillis());
    }

    private static CallRow row(Call next) {
        BlockingCall call = next.call;
        return new CallRow(
                next.time,
                call.nanos(),
                call.kind().name(),
                call.api(),
                call.detail(),
                call.siteText(),
                call.loopGroup(),
                call.threadName(),
                next.fingerprint,
                call.advice(),
                call.allowRule(),
                texts(call.stack()));
    }

    @Override
    public void observed(Fact fact) {
        if (fact instanceof LoopSample sample) {
            loop(sample);
        } else if (fact instanceof Stall stall) {
            stall(stall);
        } else if (fact instanceof PoolSample sample) {
            pool(sample);
        } else if (fact instanceof PoolExhaustion exhaustion) {
            exhausted(exhaustion);
        } else if (fact instanceof DownstreamSample sample) {
            downstream(sample);
        } else if (fact instanceof FanOut fanOut) {
            fanOut(fanOut);
        } else if (fact instanceof Pinned pinned) {
            pinned(pinned);
        } else if (fact instanceof SelfDeadlock deadlock) {
            selfDeadlock(deadlock);
        } else if (fact instanceof IntervalEnd) {
            intervalEnded();
        }
    }

    private void loop(LoopSample sample) {
        picture.loop(
                System.currentTimeMillis(),
                new LoopRow(
                        sample.name(),
                        sample.loopGroup(),
                        sample.lagP50(),
                        sample.lagP90(),
                        sample.lagP99(),
                        sample.lagMax(),
                        sample.utilization(),
                        sample.ticks(),
                        sample.tickP50(),
                        sample.tickP99(),
                        sample.tickMax(),
                        sample.tasks(),
                        sample.pending(),
                        sample.channels(),
                        sample.runningFor(),
                        sample.oldestTask()));
    }

    private void stall(Stall stall) {
        Map<String, Long> split = new LinkedHashMap<>();
        for (Map.Entry<Cause, Long> part : stall.split().entrySet()) {
            split.put(part.getKey().name(), part.getValue());
        }
        StackTraceElement site = stall.site();
        String api = stall.api();
        StackTraceElement ownerSite = stall.ownerSite();
        picture.stall(new StallRow(
                Long.toString(stall.id()),
                stall.threadName(),
                stall.loopGroup(),
                millis(stall.start()),
                stall.nanos(),
                stall.ongoing(),
                stall.cause().name(),
                split,
                site == null ? null : Frames.describe(site),
                api,
                site == null || api == null ? null : Findings.fingerprint(api, site, stall.loopGroup()),
                stall.evidence(),
                stall.cause().fix(),
                stall.waiting(),
                stall.cpu(),
                stall.throttled(),
                stall.samples(),
                stall.samplesAtSite(),
                stall.tasks(),
                stall.topTasks(),
                stall.owner(),
                ownerSite == null ? null : Frames.describe(ownerSite),
                texts(stall.ownerStack()),
                texts(stall.stack()),
                stall.profile().stream()
                        .map(seen -> new StallRow.Profile(seen.count(), texts(seen.stack())))
                        .toList()));
    }

    private void pool(PoolSample sample) {
        picture.pool(
                System.currentTimeMillis(),
                new PoolRow(
                        sample.name(),
                        sample.type(),
                        sample.executors(),
                        sample.active(),
                        sample.size(),
                        sample.max(),
                        sample.queued(),
                        sample.capacity(),
                        sample.waitP50(),
                        sample.waitP99(),
                        sample.waitMax(),
                        sample.oldestTask(),
                        sample.runP50(),
                        sample.runP99(),
                        sample.runMax(),
                        sample.completed(),
                        sample.rejected(),
                        sample.saturation()));
    }

    private void exhausted(PoolExhaustion exhaustion) {
        picture.exhausted(new ExhaustionRow(
                Long.toString(exhaustion.id()),
                exhaustion.name(),
                millis(exhaustion.start()),
                exhaustion.nanos(),
                exhaustion.evidence(),
                exhaustion.advice(),
                exhaustion.sites().stream().map(LivePicture::row).toList()));
    }

    private static ExhaustionRow.Site row(PoolExhaustion.Site site) {
        StackTraceElement frame = site.frame();
        return new ExhaustionRow.Site(
                site.workers(), frame == null ? "" : Frames.describe(frame), site.doing(), texts(site.stack()));
    }

    private void downstream(DownstreamSample sample) {
        picture.downstream(
                System.currentTimeMillis(),
                new DownstreamRow(
                        sample.name(),
                        sample.inFlight(),
                        sample.peak(),
                        sample.highWater(),
                        sample.connects(),
                        sample.failed()));
    }

    private void fanOut(FanOut fanOut) {
        picture.notice(new NoticeRow(
                NoticeRow.Type.FAN_OUT,
                System.currentTimeMillis(),
                "",
                fanOut.siteText(),
                fanOut.inFlight() + " connections to " + fanOut.downstream() + " at once; threshold "
                        + fanOut.threshold() + ", " + fanOut.highWater() + " in flight from all sites",
                FanOut.FIX,
                texts(fanOut.stack())));
    }

    private void pinned(Pinned pinned) {
        picture.notice(new NoticeRow(
                NoticeRow.Type.PINNED,
                millis(pinned.start()),
                pinned.threadName().isEmpty() ? "#" + pinned.threadId() : pinned.threadName(),
                pinned.siteText(),
                "a virtual thread kept its carrier for " + DurationText.of(pinned.nanos())
                        + (pinned.operation().isEmpty() ? "" : " in " + pinned.operation()) + "; " + pinned.reason(),
                pinned.fix(),
                texts(pinned.stack())));
    }

    private void selfDeadlock(SelfDeadlock deadlock) {
        picture.notice(new NoticeRow(
                NoticeRow.Type.SELF_DEADLOCK,
                System.currentTimeMillis(),
                deadlock.threadName(),
                deadlock.siteText(),
                deadlock.explanation(),
                SelfDeadlock.FIX,
                texts(deadlock.stack())));
    }

    private static List<String> texts(List<StackTraceElement> stack) {
        return stack.stream().map(Frames::describe).toList();
    }

    /** The wall-clock time of a {@link System#nanoTime()}. */
    private static long millis(long nanos) {
        return System.currentTimeMillis() - (System.nanoTime() - nanos) / 1_000_000;
    }
}
