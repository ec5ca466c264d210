package io.stallsight.engine.event;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** A blocking call as an event: the fields that {@link BlockingCallEvent} and {@link RemoteCallEvent} share. */
public abstract class CallEvent extends Event {

    static final String NAME = "stallsight.BlockingCall";

    @Label("Kind")
    @Description("What the call does: SLEEP, LOCK, JDBC, SOCKET, FILE, ...")
    @Nullable
    String kind;

    @Label("API")
    @Description("The outermost API that a developer recognises")
    @Nullable
    String api;

    @Label("Site")
    @Description("The first application frame")
    @Nullable
    String site;

    @Label("Loop Group")
    @Description("The thread's name with its numbers folded, also UUIDs and hexadecimal ones")
    @Nullable
    String loopGroup;

    @Label("Fingerprint")
    @Description("Equal for all calls of one finding, in every instance and after every restart")
    @Nullable
    String fingerprint;

    @Label("Detail")
    @Description("What happened inside the call")
    @Nullable
    String detail;

    @Label("Request")
    @Description("That the thread served, with its route or the shape of its path; empty if not known")
    @Nullable
    String request;

    @Label("Handed On")
    @Description("The thread did not serve this request, which has handed on the work; a worker of a queue that several"
            + " requests fill may have worked for another one")
    boolean handedOn;

    @Label("Trace Id")
    @Description("Of the trace that was current, as the application's tracer knows it; empty if not known")
    @Nullable
    String traceId;

    @Label("Span Id")
    @Description("Of the span that was current; empty if not known")
    @Nullable
    String spanId;

    void fill(String ofFinding, BlockingCall call) {
        kind = call.kind().name();
        api = call.api();
        site = call.siteText();
        loopGroup = call.loopGroup();
        fingerprint = ofFinding;
        detail = call.detail();
        request = call.request().name();
        handedOn = call.request().handedOn();
        traceId = call.request().traceId();
        spanId = call.request().spanId();
    }

    /** Not recorded, and so unknown: the library's own fix and the context. */
    static BlockingCall read(RecordedEvent event) {
        String blockedThread = RecordedFields.text(event, "blockedThread");
        return new BlockingCall(
                kind(RecordedFields.text(event, "kind")),
                RecordedFields.text(event, "api"),
                RecordedFields.text(event, "detail"),
                RecordedFields.startNanos(event),
                event.getDuration().toNanos(),
                blockedThread.isEmpty() ? RecordedFields.name(event.getThread()) : blockedThread,
                RecordedFields.text(event, "loopGroup"),
                event.hasField("stack")
                        ? StackText.frames(event, "stack")
                        : RecordedFields.stack(event.getStackTrace()),
                StackText.frameOrUnknown(event, "site"),
                null,
                RecordedFields.request(event),
                0);
    }

    /** An unknown kind counts as a call that is marked as blocking. */
    private static Kind kind(String name) {
        for (Kind known : Kind.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return Kind.MARKED;
    }
}
