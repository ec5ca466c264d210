package com.example.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/**
 * One {@code stallsight.BlockingCall} event.
 *
 * @param api what blocked, as a developer would name it
 * @param site first application frame
 */
record BlockingCall(Instant start, Duration duration, String thread, String api, String site, String detail) {
    static final String EVENT = "stallsight.BlockingCall";

    static BlockingCall of(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        return new BlockingCall(
                event.getStartTime(),
                event.getDuration(),
                thread == null ? "?" : String.valueOf(thread.getJavaName()),
                text(event, "api"),
                text(event, "site"),
                text(event, "detail"));
    }

    Optional<Site> parsedSite() {
        return Site.parse(site);
    }

    private static String text(RecordedEvent event, String field) {
        return event.hasField(field) && event.getString(field) != null ? event.getString(field) : "";
    }
}
