package io.stallsight.engine.pinning;

import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.recording.OwnRecording;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * Tells of pinned virtual threads. Only the JVM sees them, and tells them by JFR: this is the one place at which the
 * agent makes a recording of its own, once virtual threads are in use. It has nothing but the one event in it, and what
 * the user records is as it would be without it.
 *
 * <p>Not a {@code RecordingStream}: its thread is no daemon and would keep the JVM from exiting.
 */
public final class PinWatch {

    private static final String EVENT = "jdk.VirtualThreadPinned";

    /** As in the JDK's own settings: the JVM gives events of all recordings the lowest of their thresholds. */
    private static final Duration THRESHOLD = Duration.ofMillis(20);

    /** What has been read is of no use any more. */
    private static final Duration KEEP = Duration.ofSeconds(10);

    private final Stacks stacks;
    private final Consumer<Pinned> sink;
    private final AgentThread thread = new AgentThread("pinned", this::run);
    private @Nullable OwnRecording recording;
    private @Nullable EventStream stream;
    private boolean stopped;

    /** @param sink takes each on the thread that reads JFR's stream, whose own events JFR drops */
    public PinWatch(Stacks stacks, Consumer<Pinned> sink) {
        this.stacks = stacks;
        this.sink = sink;
    }

    /** Begins to watch, on a thread of its own, as JFR takes a tenth of a second to start. */
    public void start() {
        thread.start();
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
        OwnRecording own = new OwnRecording("pinned", KEEP, PinWatch::settings);
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
            if (frame.isJavaFrame()) {
                frames.add(frame);
                stack.add(element(frame));
            }
        }
        int site = stacks.site(stack);
        boolean blamed = site < stack.size() && stacks.isApplication(stack.get(site));
        RecordedThread virtual = event.getThread();
        String name = virtual == null ? null : virtual.getJavaName();
        long ago = Duration.between(event.getStartTime(), Instant.now()).toNanos();
        sink.accept(new Pinned(
                name == null ? "" : name,
                virtual == null ? 0 : virtual.getJavaThreadId(),
                System.nanoTime() - ago,
                event.getDuration().toNanos(),
                operation(event),
                PinReason.of(event, frames),
                blamed ? stack.get(site) : null,
                stack));
    }

    private static String operation(RecordedEvent event) {
        String told = event.hasField("blockingOperation") ? event.getString("blockingOperation") : null;
        return told == null ? "" : told;
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
