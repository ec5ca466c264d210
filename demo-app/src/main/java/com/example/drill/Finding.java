package com.example.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/**
 * One report of Stallsight: a JFR event.
 *
 * @param cause of a stall; of an exhausted pool, what it has and what keeps it ({@code CONNECTIONS WAITING}); of
 *     fan-out, what it counts; empty for the others
 * @param api the call or the problem, by a name that developers know
 * @param site first application frame
 */
record Finding(
        Type type,
        Instant start,
        Duration duration,
        String thread,
        String cause,
        String api,
        String site,
        String detail) {

    /** The events that the drill follows. */
    enum Type {
        BLOCKING_CALL("stallsight.BlockingCall"),
        SELF_DEADLOCK("stallsight.SelfDeadlock"),
        STALL("stallsight.LoopStall"),
        POOL_EXHAUSTED("stallsight.PoolExhausted"),
        FAN_OUT("stallsight.FanOut"),
        PINNED("stallsight.Pinned");

        private final String event;

        Type(String event) {
            this.event = event;
        }

        String event() {
            return event;
        }
    }

    static Finding of(Type type, RecordedEvent event) {
        String cause = switch (type) {
            case POOL_EXHAUSTED -> text(event, "kind") + ' ' + text(event, "obstacle");
            case FAN_OUT -> text(event, "operation");
            default -> text(event, "cause");
        };
        String api = switch (type) {
            case BLOCKING_CALL -> text(event, "api");
            case SELF_DEADLOCK -> "self-deadlock";
            case STALL -> "stall: " + cause;
            case POOL_EXHAUSTED -> "pool full: " + text(event, "name");
            case FAN_OUT -> "fan-out: " + event.getLong("inFlight") + ' ' + cause + " at once";
            case PINNED -> "pinned carrier";
        };
        return new Finding(
                type,
                event.getStartTime(),
                event.getDuration(),
                thread(event),
                cause,
                api,
                text(event, type == Type.POOL_EXHAUSTED ? "topSite" : "site"),
                text(event, type == Type.STALL ? "evidence" : "detail"));
    }

    Finding lasting(Duration other) {
        return new Finding(type, start, other, thread, cause, api, site, detail);
    }

    Optional<Site> parsedSite() {
        return Site.parse(site);
    }

    private static String thread(RecordedEvent event) {
        if (event.hasField("loop")) {
            return text(event, "name");
        }
        RecordedThread thread = event.getThread();
        return thread == null ? "?" : String.valueOf(thread.getJavaName());
    }

    private static String text(RecordedEvent event, String field) {
        return event.hasField(field) && event.getValue(field) instanceof String text ? text : "";
    }
}
