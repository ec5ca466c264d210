package io.stallsight.it.matrix;

import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Something that the agent says about an application in a recording.
 *
 * @param start of the call, stall, pin or exhaustion
 * @param event {@code BlockingCall}, {@code LoopStall} and so on
 * @param kind of a call, or cause of a stall
 * @param site the frame that is blamed, empty if none is
 * @param group of loops, or the name of a pool or thread
 * @param request that the thread served, empty if that is not known
 * @param stack every text of the event that has frames or names of threads
 */
record Report(Instant start, String event, String kind, String site, String group, String request, String stack) {

    /** All that a recording has, in the order of the beginnings. */
    static List<Report> in(Path recording, List<BlockingCall> calls) {
        List<Report> reports = new ArrayList<>();
        for (BlockingCall call : calls) {
            reports.add(new Report(
                    call.start(),
                    "BlockingCall",
                    call.kind(),
                    call.site(),
                    call.loopGroup(),
                    call.request(),
                    call.stack() + " " + call.detail()));
        }
        for (RecordedEvent stall : Recordings.events(recording, "stallsight.LoopStall")) {
            String stack = text(stall, "stack") + text(stall, "profile") + text(stall, "lockOwnerStack");
            reports.add(of(stall, text(stall, "cause"), text(stall, "site"), text(stall, "loopGroup"), stack));
        }
        for (RecordedEvent pin : Recordings.events(recording, "stallsight.Pinned")) {
            reports.add(
                    of(pin, text(pin, "reason"), text(pin, "site"), text(pin, "virtualThread"), text(pin, "stack")));
        }
        for (RecordedEvent pool : Recordings.events(recording, "stallsight.PoolExhausted")) {
            reports.add(of(
                    pool,
                    text(pool, "obstacle"),
                    text(pool, "topSite"),
                    text(pool, "name"),
                    text(pool, "stack") + text(pool, "workerGroups")));
        }
        for (RecordedEvent wait : Recordings.events(recording, "stallsight.SelfDeadlock")) {
            reports.add(
                    of(wait, text(wait, "certainty"), text(wait, "site"), text(wait, "loopGroup"), text(wait, "path")));
        }
        reports.sort(Comparator.comparing(Report::start));
        return reports;
    }

    private static Report of(RecordedEvent event, String kind, String site, String group, String stack) {
        String type = event.getEventType().getName();
        return new Report(
                event.getStartTime(),
                type.substring(type.indexOf('.') + 1),
                kind,
                site,
                group,
                text(event, "request"),
                stack);
    }

    private static String text(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value == null ? "" : value.toString();
    }

    /** Whether it blames the application. A stall without a site does not. */
    boolean blames() {
        return !event.equals("LoopStall") || !site.isEmpty();
    }

    /** Whether it names the agent: one of its frames, or of its threads. */
    boolean namesTheAgent() {
        return (site + " " + stack).matches("(?s).*(java\\.lang\\.Stallsight|io\\.stallsight\\.|stallsight-).*");
    }

    @Override
    public String toString() {
        return start + " " + event + " " + kind + " at " + site + " of " + group + " for " + request + "\n        "
                + stack.replace("\n", "\n        ");
    }
}
