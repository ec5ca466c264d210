package io.stallsight.engine.pinning;

import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.recording.OwnRecording;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightVirtualThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * Reports pinned virtual threads. Only the JVM sees them, and it reports them only as a JFR event. So this is the one
 * place that starts a recording of the agent's own, after the first virtual thread has reached a hook.
 *
 * <p>The recording has one event. Every other event is switched off in it, because an event without a setting follows
 * its own default. The user's recordings keep their own settings. The stream of the events is not a
 * {@code RecordingStream}: its thread is no daemon and would keep the JVM from exiting.
 */
public final class PinWatch implements Sampler {

    private static final String EVENT = "jdk.VirtualThreadPinned";

    /** As in the JDK's own settings: the JVM gives events of all recordings the lowest of their thresholds. */
    private static final Duration THRESHOLD = Duration.ofMillis(20);

    /** JFR delivers events about once a second; on a busy machine later. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(1);

    /** Events that have been read are of no more use. */
    private static final Duration KEEP = Duration.ofSeconds(10);

    private final Stacks stacks;
    private final Doorbell samplingBell;
    private final FactListener listener;

    /** Read from JFR's stream, to be reported on the sampling thread. */
    private final Queue<Pinned> read = new ConcurrentLinkedQueue<>();

    private final AgentThread thread = new AgentThread("pinned", this::run);
    private boolean begun;
    private @Nullable OwnRecording recording;
    private @Nullable EventStream stream;
    private boolean stopped;

    /** @param samplingBell the sampling thread sleeps there */
    public PinWatch(Stacks stacks, Doorbell samplingBell, FactListener listener) {
        this.stacks = stacks;
        this.samplingBell = samplingBell;
        this.listener = listener;
    }

    @Override
    public void step(long now) {
        if (!begun && StallsightVirtualThreads.seen()) {
            begun = true;
            thread.start(); // JFR takes a tenth of a second to start, which this thread does not have
        }
        report();
    }

    @Override
    public void finish(long now) {
        report();
    }

    /** JFR drops the events of a thread that reads its stream, so they are reported by another one. */
    private void report() {
        for (Pinned event = read.poll(); event != null; event = read.poll()) {
            listener.observed(event);
        }
    }

    /** Ends the recording. */
    public synchronized void stop() {
        stopped = true;
        if (stream != null) {
            stream.close();
            stream = null;
        }
        if (recording != null) {
            recording.close();
            recording = null;
        }
    }

    private void run() {
        EventStream events = open();
        if (events != null) {
            events.start(); // until it is closed
        }
    }

    private synchronized @Nullable EventStream open() {
        if (stopped) {
            return null;
        }
        OwnRecording own;
        try {
            own = new OwnRecording("pinned", KEEP, PinWatch::settings);
        } catch (IllegalStateException jvmEnds) { // JFR adds a shutdown hook when it starts
            return null;
        }
        recording = own;
        own.start();
        try {
            EventStream events = EventStream.openRepository();
            stream = events;
            events.setStartTime(own.startTime());
            events.setOrdered(false);
            events.setReuse(false);
            events.onEvent(EVENT, this::pinned);
            events.onFlush(own::adapt);
            events.onError(StallsightErrors::suppress);
            return events;
        } catch (java.io.IOException e) {
            StallsightErrors.suppress(e);
            stop();
            return null;
        }
    }

    private static @Nullable Map<String, String> settings(String event) {
        return event.equals(EVENT) ? Map.of("stackTrace", "true", "threshold", THRESHOLD.toMillis() + " ms") : null;
    }

    private void pinned(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        List<RecordedFrame> frames = new ArrayList<>();
        List<StackTraceElement> stack = new ArrayList<>();
        for (RecordedFrame frame : trace == null ? List.<RecordedFrame>of() : trace.getFrames()) {
            if (frame.isJavaFrame()
                    && !AgentFrames.isAgent(frame.getMethod().getType().getName())) {
                frames.add(frame);
                stack.add(stacks.inFile(element(frame)));
            }
        }
        String reason = PinReason.of(event, frames);
        if (stacks.isNobodysPin(stack, reason)) {
            return;
        }
        int site = stacks.site(stack);
        boolean blamed = site < stack.size() && stacks.blamable(stack).test(stack.get(site));
        RecordedThread virtual = event.getThread();
        String name = virtual == null ? null : virtual.getJavaName();
        long ago = ago(event.getStartTime(), event.getDuration(), Instant.now());
        read.add(new Pinned(
                name == null ? "" : name,
                virtual == null ? 0 : virtual.getJavaThreadId(),
                System.nanoTime() - ago,
                event.getDuration().toNanos(),
                operation(event),
                reason,
                blamed ? stack.get(site) : null,
                stack));
        samplingBell.ring();
    }

    /**
     * How long ago an event began that JFR delivers now, nanoseconds. Its time is one of the wall clock, which may have
     * been set in the meantime: then it began as late as it can have.
     */
    static long ago(Instant start, Duration duration, Instant now) {
        Duration ago = Duration.between(start, now);
        boolean isPossible = ago.compareTo(duration) >= 0 && ago.compareTo(duration.plus(MAX_DELAY)) <= 0;
        return (isPossible ? ago : duration).toNanos();
    }

    private static String operation(RecordedEvent event) {
        String operation = event.hasField("blockingOperation") ? event.getString("blockingOperation") : null;
        return operation == null ? "" : operation;
    }

    /** JFR does not keep names of files: it is taken to be that of the outermost class. */
    private static StackTraceElement element(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        String outermost = type.substring(type.lastIndexOf('.') + 1);
        int nested = outermost.indexOf('$');
        String file = (nested > 0 ? outermost.substring(0, nested) : outermost) + ".java";
        return new StackTraceElement(type, frame.getMethod().getName(), file, frame.getLineNumber());
    }
}
