package io.stallsight.engine.event;

import io.stallsight.engine.fact.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of recorded events. A field that the event does not have, as an older version wrote it, reads as
 * unknown: an empty text, -1, false.
 */
public final class RecordedFields {

    private static final String LAMBDA = "$$Lambda";

    private RecordedFields() {}

    /** Empty if there is none. */
    public static String text(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value == null ? "" : value.toString();
    }

    /** That of a blocking call or a stall. */
    static Request request(RecordedEvent event) {
        return new Request(
                text(event, "request"),
                text(event, "traceId"),
                text(event, "spanId"),
                event.hasField("handedOn") && event.getBoolean("handedOn"));
    }

    public static @Nullable String textOrNull(RecordedEvent event, String field) {
        String text = text(event, field);
        return text.isEmpty() ? null : text;
    }

    /** -1 if there is none. */
    public static long number(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getLong(field) : -1;
    }

    public static double fraction(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getDouble(field) : -1;
    }

    public static boolean flag(RecordedEvent event, String field) {
        return event.hasField(field) && event.getBoolean(field);
    }

    /** Nanoseconds; -1 if there is none. */
    public static long nanos(RecordedEvent event, String field) {
        if (!event.hasField(field)) {
            return -1;
        }
        Duration duration = event.getDuration(field);
        return duration.toNanos();
    }

    public static String className(RecordedEvent event, String field) {
        RecordedClass type = event.hasField(field) ? event.getClass(field) : null;
        return type == null ? "" : type.getName();
    }

    /** The parts of a text between separators; empty if the text is. */
    static List<String> list(RecordedEvent event, String field, String separator) {
        String text = text(event, field);
        return text.isEmpty() ? List.of() : List.of(text.split(separator));
    }

    /** Name of the thread in a field; empty if there is none. */
    public static String thread(RecordedEvent event, String field) {
        RecordedThread thread = event.hasField(field) ? event.getThread(field) : null;
        return name(thread);
    }

    public static String name(@Nullable RecordedThread thread) {
        if (thread == null) {
            return "";
        }
        String name = thread.getJavaName();
        return name == null ? "" : name;
    }

    /** Id of the thread in a field; -1 if there is none. */
    static long threadId(RecordedEvent event, String field) {
        RecordedThread thread = event.hasField(field) ? event.getThread(field) : null;
        return thread == null ? -1 : thread.getJavaThreadId();
    }

    /** Nanoseconds since 1970. */
    public static long startNanos(RecordedEvent event) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, event.getStartTime());
    }

    /** Nanoseconds since 1970. */
    public static long endNanos(RecordedEvent event) {
        return startNanos(event) + event.getDuration().toNanos();
    }

    /** Java frames, innermost first. */
    public static List<StackTraceElement> stack(@Nullable RecordedStackTrace trace) {
        List<StackTraceElement> stack = new ArrayList<>();
        if (trace != null) {
            for (RecordedFrame frame : trace.getFrames()) {
                if (frame.isJavaFrame()) {
                    stack.add(element(frame));
                }
            }
        }
        return stack;
    }

    /** JFR does not keep the names of files, so a frame gets that of its outermost class, and a lambda's class none. */
    private static StackTraceElement element(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        int lambda = type.indexOf(LAMBDA);
        if (lambda >= 0) { // what follows is another number in every run
            return new StackTraceElement(
                    type.substring(0, lambda + LAMBDA.length()),
                    frame.getMethod().getName(),
                    null,
                    -1);
        }
        String outermost = type.substring(type.lastIndexOf('.') + 1);
        int nested = outermost.indexOf('$');
        String file = (nested > 0 ? outermost.substring(0, nested) : outermost) + ".java";
        return new StackTraceElement(type, frame.getMethod().getName(), file, frame.getLineNumber());
    }
}
