package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.event.RecordedFields;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;

/** Events with which the JDK itself reports that a thread waited. */
enum Waits {
    SLEEP("jdk.ThreadSleep", Kind.SLEEP, "Thread.sleep", event -> ""),
    PARK(
            "jdk.ThreadPark",
            Kind.PARK,
            "LockSupport.park",
            event -> of("park", RecordedFields.className(event, "parkedClass"))),
    MONITOR("jdk.JavaMonitorEnter", Kind.MONITOR, "synchronized", Waits::monitor),
    WAIT(
            "jdk.JavaMonitorWait",
            Kind.WAIT,
            "Object.wait",
            event -> of("wait", RecordedFields.className(event, "monitorClass"))),
    SOCKET_READ("jdk.SocketRead", Kind.SOCKET, "Socket.read", event -> of("socket read", peer(event))),
    SOCKET_WRITE("jdk.SocketWrite", Kind.SOCKET, "Socket.write", event -> of("socket write", peer(event))),
    FILE_READ("jdk.FileRead", Kind.FILE, "File.read", event -> of("file read", RecordedFields.text(event, "path"))),
    FILE_WRITE("jdk.FileWrite", Kind.FILE, "File.write", event -> of("file write", RecordedFields.text(event, "path"))),
    FILE_FORCE(
            "jdk.FileForce", Kind.FILE, "FileChannel.force", event -> of("fsync", RecordedFields.text(event, "path")));

    private final String event;
    private final Kind kind;
    private final String api;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<RecordedEvent, String> detail;

    Waits(String event, Kind kind, String api, Function<RecordedEvent, String> detail) {
        this.event = event;
        this.kind = kind;
        this.api = api;
        this.detail = detail;
    }

    /** Its name in JFR. */
    String event() {
        return event;
    }

    Kind kind() {
        return kind;
    }

    /** Its name where the stack has no better one. */
    String api() {
        return api;
    }

    String detail(RecordedEvent recorded) {
        return detail.apply(recorded);
    }

    private static String of(String doing, String what) {
        return what.isEmpty() ? doing : doing + " " + what;
    }

    private static String peer(RecordedEvent event) {
        String host = RecordedFields.text(event, "host");
        return (host.isEmpty() ? RecordedFields.text(event, "address") : host) + ":"
                + RecordedFields.number(event, "port");
    }

    private static String monitor(RecordedEvent event) {
        String owner = RecordedFields.thread(event, "previousOwner");
        String held = owner.isEmpty() ? "" : " held by " + owner;
        return RecordedFields.className(event, "monitorClass") + held;
    }
}
