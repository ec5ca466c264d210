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
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes findings to the application's log: the first time at once, then at most once a minute for each finding and at
 * most {@value #MOST_A_MINUTE} blocks a minute in all; what is left out is counted in the next block of the finding.
 *
 * <p>The blocked thread only appends to a queue. A record that comes before the application has set up its logging
 * waits for that, so that it ends up where the others are.
 */
public final class LogOutput implements Output, FactListener {

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_A_MINUTE = 60;
    private static final int QUEUE = 1_000;

    /** How long a record waits for the application's SLF4J to be ready before it goes to stderr. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    /** A stall of this length is told while it goes on. */
    private static final long LONG_STALL = TimeUnit.SECONDS.toNanos(3);

    private record Line(String text, boolean warning, long since) {}

    private final Opener opener;
    private final Queue<Line> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final Queue<WeakReference<ClassLoader>> slf4jLoaders = new ConcurrentLinkedQueue<>();
    private final StderrSink stderr = new StderrSink();
    private final AgentThread thread = new AgentThread("log", this::writeUntilStopped);
    private final AtomicLong minute = new AtomicLong();
    private final AtomicInteger inMinute = new AtomicInteger();
    private final ArrayDeque<Line> waiting = new ArrayDeque<>();
    private final Map<String, Long> pauses = new ConcurrentHashMap<>();
    private volatile @Nullable Sink slf4j;
    private volatile boolean muted;
    private volatile boolean stopped;

    public LogOutput(Opener opener) {
        this.opener = opener;
    }

    public void start() {
        thread.start();
    }

    /** Writes what is left and ends the thread; waits for it no longer than a second. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1_000);
    }

    /** Whether findings are left out, as they are told elsewhere; what the agent says of itself is not. */
    public void mute(boolean mute) {
        muted = mute;
    }

    /** SLF4J is being loaded by this loader. Called while the class loads, so nothing is done here. */
    public void slf4jLoading(@Nullable ClassLoader loader) {
        slf4jLoaders.add(new WeakReference<>(loader));
    }

    @Override
    public void rehearse(Finding finding, BlockingCall call) {
        Report.of(finding, call);
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (delivery.reportedBefore()) {
            return;
        }
        long now = System.nanoTime();
        if (muted || !finding.mayReport(now, PAUSE) || !mayWrite(now)) {
            return;
        }
        enqueue(new Line(Report.of(finding, call), true, now));
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

    /** Written once, at its end; again while it goes on if it does so for long, as nobody knows whether it ends. */
    private void stall(Stall stall) {
        long now = System.nanoTime();
        // what no line is to blame for is in JFR; an ended call has been reported as one
        boolean told = stall.site() == null || stall.cause() == Cause.BLOCKING_CALL;
        if (stall.ongoing() ? stall.nanos() < LONG_STALL : told) {
            return;
        }
        String group = stall.loopGroup() + "\n" + stall.cause() + "\n" + stall.siteText();
        if (mayTell(group, now)) {
            enqueue(new Line(StallReport.of(stall), true, now));
        }
    }

    private void exhausted(PoolExhaustion exhaustion) {
        long now = System.nanoTime();
        String what = exhaustion.selfStarvation() ? "starved" : exhaustion.topSite();
        if (mayTell(exhaustion.type() + "\n" + exhaustion.name() + "\n" + what, now)) {
            enqueue(new Line(PoolReport.of(exhaustion), true, now));
        }
    }

    private void selfDeadlock(SelfDeadlock deadlock) {
        long now = System.nanoTime();
        if (mayTell(deadlock.loopGroup() + "\n" + deadlock.siteText(), now)) {
            enqueue(new Line(StallReport.of(deadlock), true, now));
        }
    }

    private void fanOut(FanOut fanOut) {
        long now = System.nanoTime();
        if (mayTell(fanOut.downstream() + "\n" + fanOut.siteText(), now)) {
            enqueue(new Line(FanOutReport.of(fanOut), true, now));
        }
    }

    private void pinned(Pinned pinned) {
        long now = System.nanoTime();
        if (mayTell("pinned\n" + pinned.reason() + "\n" + pinned.siteText(), now)) {
            enqueue(new Line(PinnedReport.of(pinned), true, now));
        }
    }

    /** Whether what is of this kind may be told again, and anything at all in this minute. */
    private boolean mayTell(String group, long now) {
        if (muted) {
            return false;
        }
        Long next = pauses.get(group);
        if (next != null && now - next < 0 || !mayWrite(now)) {
            return false;
        }
        if (pauses.size() < QUEUE) {
            pauses.put(group, now + PAUSE);
        }
        return true;
    }

    /** A line of the agent itself. */
    public void info(String text) {
        enqueue(new Line(text, false, System.nanoTime()));
    }

    public void warn(String text) {
        enqueue(new Line(text, true, System.nanoTime()));
    }

    private void enqueue(Line line) {
        if (queued.get() < QUEUE) {
            queued.incrementAndGet();
            queue.add(line);
            LockSupport.unpark(thread);
        }
    }

    private boolean mayWrite(long now) {
        long current = now / PAUSE;
        long seen = minute.get();
        if (seen != current && minute.compareAndSet(seen, current)) {
            inMinute.set(0);
        }
        return inMinute.getAndIncrement() < MOST_A_MINUTE;
    }

    private void writeUntilStopped() {
        while (!stopped) {
            if (queue.isEmpty() && waiting.isEmpty()) {
                LockSupport.park(this);
            } else if (!waiting.isEmpty()) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(50));
            }
            drain(false);
        }
        drain(true);
    }

    private void drain(boolean last) {
        for (Line line = queue.poll(); line != null; line = queue.poll()) {
            queued.decrementAndGet();
            waiting.add(line);
        }
        while (!waiting.isEmpty()) {
            Sink sink = sink(waiting.peek(), last);
            if (sink == null) {
                return;
            }
            Line line = waiting.remove();
            if (line.warning) {
                sink.warn(line.text);
            } else {
                sink.info(line.text);
            }
        }
    }

    private @Nullable Sink sink(Line line, boolean last) {
        Sink application = slf4j;
        if (application == null) {
            application = findSlf4j();
            slf4j = application;
        }
        boolean patient = !last && System.nanoTime() - line.since < PATIENCE;
        if (application != null) {
            // a logger that is switched off is the user's decision; while logging is being set up it looks the same
            return application.ready() || !patient ? application : null;
        }
        return patient && slf4jMayCome() ? null : stderr;
    }

    private boolean slf4jMayCome() {
        return !slf4jLoaders.isEmpty()
                || ClassLoader.getSystemResource("org/slf4j/LoggerFactory.class") != null
                || isYoung();
    }

    /** A fat jar's own loader may bring SLF4J a moment after the start. */
    private static boolean isYoung() {
        return System.getProperty("java.class.path", "").indexOf(java.io.File.pathSeparatorChar) < 0;
    }

    private @Nullable Sink findSlf4j() {
        for (WeakReference<ClassLoader> reference : slf4jLoaders) {
            ClassLoader loader = reference.get();
            if (loader != null) {
                try {
                    // defined by this loader already, so no code of the loader runs that has not run before
                    Sink found = Slf4jSink.of(Class.forName("org.slf4j.LoggerFactory", false, loader), opener);
                    if (found != null) {
                        return found;
                    }
                } catch (ClassNotFoundException | LinkageError e) {
                    StallsightErrors.suppress(e);
                }
            }
        }
        return null;
    }
}
