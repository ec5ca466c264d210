package io.stallsight.engine.log;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Output: writes findings and other facts to the log. Decides which of them are worth a report; {@link ReportLimiter}
 * bounds their number, and {@link LogWriter} writes them. A report that was left out still counts in the totals of the
 * next report of the finding. Thread-safe; called on blocked threads and on threads of the agent.
 */
public final class LogOutput implements Output, FactListener {

    /** An ongoing stall of at least this duration is reported before its end. In nanoseconds. */
    private static final long MIN_ONGOING_STALL = TimeUnit.SECONDS.toNanos(3);

    /** Reports of self-deadlocks that could still be withdrawn. */
    private static final int MAX_DEADLOCKS = 50;

    private final LogWriter writer;
    private final ReportLimiter limiter = new ReportLimiter(this::sayThatReportsAreLeftOut);

    /** Those that were written, oldest first. */
    private final Deque<SelfDeadlock> deadlocks = new ConcurrentLinkedDeque<>();

    private final @Nullable String traceUrl;
    private volatile boolean muted;

    /**
     * @param opener gives the engine access to the package of SLF4J, if that is in a named module
     * @param traceUrl see {@link io.stallsight.engine.fact.Request#link}; null if there is none
     */
    public LogOutput(Opener opener, @Nullable String traceUrl) {
        this.traceUrl = traceUrl;
        writer = new LogWriter(opener);
    }

    public void start() {
        writer.start();
    }

    /** Writes the queued records and ends the thread. Waits at most one second for that. */
    public void stop() throws InterruptedException {
        writer.stop();
    }

    /** Sets whether reports are left out. Messages of the agent about itself are written in any case. */
    public void mute(boolean mute) {
        muted = mute;
    }

    /** Called when a loader begins to load SLF4J, on the loading thread of the application. */
    public void slf4jLoading(@Nullable ClassLoader loader) {
        writer.slf4jLoading(loader);
    }

    /** Writes a message of the agent about itself. */
    public void info(String text) {
        writer.info(text);
    }

    /** Writes a warning of the agent about itself. */
    public void warn(String text) {
        writer.warn(text);
    }

    @Override
    public void rehearse(Finding finding, BlockingCall call) {
        Supplier<String> made = text(finding, call); // links the lambda, which the first blocked thread would do
        Report.of(finding, finding.totals(), call, traceUrl);
        Objects.requireNonNull(made);
    }

    /** The text is made on the thread that writes: the blocked one has lost enough time. */
    private Supplier<String> text(Finding finding, BlockingCall call) {
        Finding.Totals totals = finding.totals();
        return () -> Report.of(finding, totals, call, traceUrl);
    }

    @Override
    public void forgetting(int max) {
        writer.warn(
                "there are more than " + max + " findings. From here on, findings that cost little and have not come"
                        + " again for long are forgotten; one that comes again is reported as a fresh one. Names of threads or"
                        + " classes that are different each time are the usual reason");
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (delivery.reportedBefore()) {
            return;
        }
        long now = System.nanoTime();
        if (!muted && finding.mayReport(now, ReportLimiter.PERIOD) && limiter.allows(now)) {
            writer.warn(text(finding, call));
        }
    }

    @Override
    public void observed(Fact fact) {
        if (fact instanceof Stall stall) {
            stall(stall);
        } else if (fact instanceof PoolExhaustion exhaustion) {
            exhausted(exhaustion);
        } else if (fact instanceof SelfDeadlock deadlock) {
            selfDeadlock(deadlock);
        } else if (fact instanceof FanOut fanOut) {
            fanOut(fanOut);
        } else if (fact instanceof Pinned pinned) {
            pinned(pinned);
        }
    }

    /**
     * Reports a stall at its end, if a line of code is to blame for it. A blocking call that has ended is reported as
     * such and not again as a stall. A long stall is reported while it is ongoing, because nobody knows whether it ever
     * ends.
     */
    private void stall(Stall stall) {
        boolean reported = stall.ongoing()
                ? stall.nanos() >= MIN_ONGOING_STALL
                : stall.site() != null && stall.cause() != Cause.BLOCKING_CALL;
        if (reported && allows(stall.loopGroup() + "\n" + stall.cause() + "\n" + stall.siteText())) {
            writer.warn(StallReport.of(stall, traceUrl));
        }
    }

    private void exhausted(PoolExhaustion exhaustion) {
        if (!exhaustion.ongoing()) {
            if (allows(exhaustion.type() + "\n" + exhaustion.name() + "\nended")) {
                writer.info(PoolReport.ofEnd(exhaustion));
            }
            return;
        }
        String reason = exhaustion.selfStarvation() ? "starved" : exhaustion.topSite();
        if (allows(exhaustion.type() + "\n" + exhaustion.name() + "\n" + reason)) {
            writer.warn(PoolReport.of(exhaustion));
        }
    }

    /** A report that was written is withdrawn in any case, and one that was not never is. */
    private void selfDeadlock(SelfDeadlock deadlock) {
        if (deadlock.certainty() == SelfDeadlock.Certainty.WITHDRAWN) {
            if (deadlocks.removeIf(written -> written.isOfSameWait(deadlock)) && !muted) {
                writer.warn(StallReport.of(deadlock));
            }
        } else if (allows(deadlock.loopGroup() + "\n" + deadlock.siteText())) {
            writer.warn(StallReport.of(deadlock));
            deadlocks.addLast(deadlock);
            if (deadlocks.size() > MAX_DEADLOCKS) {
                deadlocks.removeFirst();
            }
        }
    }

    private void fanOut(FanOut fanOut) {
        if (allows(fanOut.downstream() + "\n" + fanOut.siteText())) {
            writer.warn(FanOutReport.of(fanOut));
        }
    }

    private void pinned(Pinned pinned) {
        if (allows("pinned\n" + pinned.reason() + "\n" + pinned.siteText())) {
            writer.warn(PinnedReport.of(pinned));
        }
    }

    private void sayThatReportsAreLeftOut() {
        writer.warn(ReportLimiter.MAX_REPORTS_PER_PERIOD
                + " reports were written within a minute. The others of this minute are left out here; the dashboard,"
                + " the metrics and the JFR events have them all");
    }

    private boolean allows(String key) {
        return !muted && limiter.allows(key, System.nanoTime());
    }
}
