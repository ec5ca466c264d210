package io.stallsight.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** {@code com.shop.Orders.find(Orders.java:57)}, or with another text in brackets if there is no line. */
    private static final Pattern TEXT_FRAME =
            Pattern.compile("(?<type>.+)\\.(?<method>[^.]+)\\((?:[^:]*:(?<line>\\d+)|[^)]*)\\)");

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
                text(event, "request"),
                event.hasField("stack") ? stack(text(event, "stack")) : stack(event.getStackTrace()));
    }

    /**
     * The thread that blocked. Another thread may commit the event of a contended monitor; a field then has the name.
     */
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

    /** An event that another thread committed has its stack as a text. */
    private static List<BlockingCall.Frame> stack(String text) {
        return text.lines().map(Recordings::frame).toList();
    }

    private static BlockingCall.Frame frame(String line) {
        Matcher frame = TEXT_FRAME.matcher(line);
        if (!frame.matches()) {
            throw new IllegalStateException("no frame: " + line);
        }
        String number = frame.group("line");
        return new BlockingCall.Frame(
                frame.group("type"), frame.group("method"), number == null ? -1 : Integer.parseInt(number));
    }

    private static BlockingCall.Frame frame(RecordedFrame frame) {
        RecordedClass type = frame.getMethod().getType();
        return new BlockingCall.Frame(type.getName(), frame.getMethod().getName(), frame.getLineNumber());
    }
}
