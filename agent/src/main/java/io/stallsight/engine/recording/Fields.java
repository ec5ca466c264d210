package io.stallsight.engine.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Fields of events, as far as the version that wrote them had them. */
final class Fields {

    private static final String LAMBDA = "$$Lambda";

    private Fields() {}

    /** Empty if there is none. */
    static String text(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value == null ? "" : value.toString();
    }

    static @Nullable String textOrNull(RecordedEvent event, String field) {
        String text = text(event, field);
        return text.isEmpty() ? null : text;
    }

    /** -1 if there is none. */
    static long number(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getLong(field) : -1;
    }

    static double fraction(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getDouble(field) : -1;
    }

    static boolean flag(RecordedEvent event, String field) {
        return event.hasField(field) && event.getBoolean(field);
    }

    /** Nanoseconds; -1 if there is none. */
    static long nanos(RecordedEvent event, String field) {
        if (!event.hasField(field)) {
            return -1;
        }
        Duration duration = event.getDuration(field);
        return duration.toNanos();
    }

    static String className(RecordedEvent event, String field) {
        RecordedClass type = event.hasField(field) ? event.getClass(field) : null;
        return type == null ? "" : type.getName();
    }

    /** A stack as the agent writes it into its events, innermost frame first. */
    static List<String> lines(RecordedEvent event, String field) {
        return text(event, field).lines().toList();
    }

    /** Name of the thread in a field; empty if there is none. */
    static String thread(RecordedEvent event, String field) {
        RecordedThread thread = event.hasField(field) ? event.getThread(field) : null;
        return name(thread);
    }

    static String name(@Nullable RecordedThread thread) {
        if (thread == null) {
            return "";
        }
        String name = thread.getJavaName();
        return name == null ? "" : name;
    }

    /** Milliseconds since 1970. */
    static long start(RecordedEvent event) {
        return event.getStartTime().toEpochMilli();
    }

    static long end(RecordedEvent event) {
        return event.getEndTime().toEpochMilli();
    }

    /** Java frames, innermost first. */
    static List<StackTraceElement> stack(@Nullable RecordedStackTrace trace) {
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

    /** JFR does not keep names of files: it is taken to be that of the outermost class. A lambda's class has none. */
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
