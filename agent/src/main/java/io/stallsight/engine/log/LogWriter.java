package io.stallsight.engine.log;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.text.CountText;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the application's SLF4J if it has one, otherwise to stderr. The thread {@code stallsight-log} does
 * all writing, because an appender may block; callers only append to a queue.
 *
 * <p>The first records may come before the application has set up its logging. They wait up to two seconds for that, so
 * that they end up in the same log as all others.
 */
final class LogWriter {

    /** Further records are dropped and counted: the queue fills only if an appender hangs. */
    private static final int MAX_QUEUED_RECORDS = 1_000;

    /** How long a record waits until the application's SLF4J is ready, before it goes to stderr. In nanoseconds. */
    private static final long SLF4J_TIMEOUT = TimeUnit.SECONDS.toNanos(2);

    /** Time between two looks for SLF4J while records wait for it. In nanoseconds. */
    private static final long RETRY_PERIOD = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    private enum Level {
        INFO,
        WARN
    }

    /**
     * @param text made by the thread that writes, as the caller may be a loop
     * @param createdAt {@link System#nanoTime()}
     */
    private record Line(Level level, Supplier<String> text, long createdAt) {}

    private final Queue<Line> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ArrayDeque<Line> waiting = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private final ApplicationSlf4j slf4j;
    private final StderrSink stderr = new StderrSink();
    private final AgentThread thread = AgentThread.lasting("log", this::writeUntilStopped);
    private volatile boolean stopped;

    LogWriter(Opener opener) {
        slf4j = new ApplicationSlf4j(opener);
    }

    void start() {
        thread.start();
    }

    /** Writes the queued records and ends the thread. Waits at most one second for that. */
    void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(STOP_TIMEOUT_MILLIS);
    }

    /**
     * Remembers that a loader loads SLF4J. Called while the class loads, on a thread of the application, so that the
     * loader cannot be used yet.
     */
    void slf4jLoading(@Nullable ClassLoader loader) {
        slf4j.loading(loader);
    }

    void info(String text) {
        enqueue(new Line(Level.INFO, () -> text, System.nanoTime()));
    }

    void warn(String text) {
        warn(() -> text);
    }

    /** @param text called later, on the thread that writes */
    void warn(Supplier<String> text) {
        enqueue(new Line(Level.WARN, text, System.nanoTime()));
    }

    private void enqueue(Line line) {
        if (queued.get() < MAX_QUEUED_RECORDS) {
            queued.incrementAndGet();
            queue.add(line);
            LockSupport.unpark(thread);
        } else {
            dropped.incrementAndGet();
        }
    }

    private void writeUntilStopped() {
        while (!stopped) {
            if (queue.isEmpty() && waiting.isEmpty()) {
                LockSupport.park(this);
            } else if (!waiting.isEmpty()) {
                LockSupport.parkNanos(this, RETRY_PERIOD);
            }
            drain();
        }
        drain();
    }

    private void drain() {
        for (Line line = queue.poll(); line != null; line = queue.poll()) {
            queued.decrementAndGet();
            waiting.add(line);
        }
        while (!waiting.isEmpty()) {
            Sink sink = sink(waiting.peek());
            if (sink == null) {
                return;
            }
            Line line = waiting.remove();
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                sink.warn(CountText.of(lost, "report was", "reports were")
                        + " dropped, because the log took no records for a while");
            }
            if (!write(line, sink)) {
                write(line, stderr);
            }
        }
    }

    private static boolean write(Line line, Sink sink) {
        String text = line.text.get();
        return switch (line.level) {
            case WARN -> sink.warn(text);
            case INFO -> sink.info(text);
        };
    }

    /** Returns the sink for the record, or null if the record must wait. */
    private @Nullable Sink sink(Line line) {
        boolean mayWait = !stopped && System.nanoTime() - line.createdAt < SLF4J_TIMEOUT;
        Sink found = slf4j.find(mayWait);
        if (found != null) {
            // A disabled logger can mean two things: the application is still setting up its logging, or the user has
            // switched the agent's logger off. After the timeout, it is the latter, and the logger drops the record.
            return found.ready() || !mayWait ? found : null;
        }
        return mayWait && slf4jMayCome() ? null : stderr;
    }

    private boolean slf4jMayCome() {
        return slf4j.isPresent()
                || ClassLoader.getSystemResource("org/slf4j/LoggerFactory.class") != null
                || isSingleJar();
    }

    /** A fat jar creates its own loader after the start, and that loader may contain SLF4J. */
    private static boolean isSingleJar() {
        return System.getProperty("java.class.path", "").indexOf(java.io.File.pathSeparatorChar) < 0;
    }
}
