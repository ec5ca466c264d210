package io.stallsight.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Reads recordings of forked JVMs. */
public final class Recordings {

    private Recordings() {}

    /** The events of this type, in the order of the file. */
    public static List<RecordedEvent> events(Path recording, String type) {
        try {
            return RecordingFile.readAllEvents(recording).stream()
                    .filter(event -> event.getEventType().getName().equals(type))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording " + recording, e);
        }
    }

    static List<BlockingCall> blockingCalls(Path recording) {
        return events(recording, "stallsight.BlockingCall").stream()
                .map(Recordings::blockingCall)
                .sorted(Comparator.comparing(BlockingCall::start))
                .toList();
    }

    private static BlockingCall blockingCall(RecordedEvent event) {
        return new BlockingCall(
                event.getStartTime(),
                event.getDuration(),
                thread(event),
                text(event, "kind"),
                text(event, "api"),
                text(event, "site"),
                text(event, "loopGroup"),
                text(event, "fingerprint"),
                text(event, "detail"),
                stack(event.getStackTrace()));
    }

    /** The thread that blocked: a contended monitor may be reported by another thread, and then names it in a field. */
    private static @Nullable String thread(RecordedEvent event) {
        String name = text(event, "blockedThread");
        if (!name.isEmpty()) {
            return name;
        }
        RecordedThread thread = event.getThread();
        return thread == null ? null : Objects.requireNonNullElse(thread.getJavaName(), thread.getOSName());
    }

    private static String text(RecordedEvent event, String field) {
        if (!event.hasField(field)) {
            return "";
        }
        Object value = event.getValue(field);
        return value == null ? "" : value.toString();
    }

    private static List<BlockingCall.Frame> stack(@Nullable RecordedStackTrace trace) {
        Stream<RecordedFrame> frames =
                trace == null ? Stream.empty() : trace.getFrames().stream().filter(RecordedFrame::isJavaFrame);
        return frames.map(Recordings::frame).toList();
    }

    private static BlockingCall.Frame frame(RecordedFrame frame) {
        RecordedClass type = frame.getMethod().getType();
        return new BlockingCall.Frame(type.getName(), frame.getMethod().getName(), frame.getLineNumber());
    }
}
