package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;

/** Events by which the JDK itself tells that a thread waited. */
enum Waits {
    SLEEP("jdk.ThreadSleep", Kind.SLEEP, "Thread.sleep", event -> ""),
    PARK("jdk.ThreadPark", Kind.PARK, "LockSupport.park", event -> of("park", Fields.className(event, "parkedClass"))),
    MONITOR("jdk.JavaMonitorEnter", Kind.MONITOR, "synchronized", Waits::monitor),
    WAIT("jdk.JavaMonitorWait", Kind.WAIT, "Object.wait", event -> of("wait", Fields.className(event, "monitorClass"))),
    SOCKET_READ("jdk.SocketRead", Kind.SOCKET, "Socket.read", event -> of("socket read", peer(event))),
    SOCKET_WRITE("jdk.SocketWrite", Kind.SOCKET, "Socket.write", event -> of("socket write", peer(event))),
    FILE_READ("jdk.FileRead", Kind.FILE, "File.read", event -> of("file read", Fields.text(event, "path"))),
    FILE_WRITE("jdk.FileWrite", Kind.FILE, "File.write", event -> of("file write", Fields.text(event, "path"))),
    FILE_FORCE("jdk.FileForce", Kind.FILE, "FileChannel.force", event -> of("fsync", Fields.text(event, "path")));

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

    /** What it is called where the stack has no better name. */
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
        String host = Fields.text(event, "host");
        return (host.isEmpty() ? Fields.text(event, "address") : host) + ":" + Fields.number(event, "port");
    }

    private static String monitor(RecordedEvent event) {
        String owner = Fields.thread(event, "previousOwner");
        String held = owner.isEmpty() ? "" : " held by " + owner;
        return Fields.className(event, "monitorClass") + held;
    }
}
