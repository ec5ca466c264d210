package io.stallsight.engine.recording;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.picture.CallRow;
import io.stallsight.engine.picture.DownstreamRow;
import io.stallsight.engine.picture.ExhaustionRow;
import io.stallsight.engine.picture.HooksRow;
import io.stallsight.engine.picture.LoopRow;
import io.stallsight.engine.picture.NoticeRow;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.PoolRow;
import io.stallsight.engine.picture.StallRow;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** The agent's own events, as rows of the picture. */
final class AgentEvents {

    /** {@code 47 of 50 in LegacyClient.fetch <- socket read}, of what the workers of a pool do. */
    private static final Pattern WORKERS =
            Pattern.compile("(\\d+) of \\d+ in (.+?)(?: <- (.+?))?(?=, \\d+ of \\d+ in |$)");

    private final Picture picture;
    private final Span span;
    private final Map<String, String> hookStates = new HashMap<>();
    private final Map<String, String> hookProblems = new LinkedHashMap<>();

    AgentEvents(Picture picture, Span span) {
        this.picture = picture;
        this.span = span;
    }

    /** By the name of the event. */
    Map<String, Consumer<RecordedEvent>> handlers() {
        Map<String, Consumer<RecordedEvent>> handlers = new HashMap<>();
        handlers.put("stallsight.LoopLag", within(this::loop));
        handlers.put("stallsight.LoopStall", within(this::stall));
        handlers.put("stallsight.BlockingCall", within(this::call));
        handlers.put("stallsight.ThreadPool", within(this::pool));
        handlers.put("stallsight.PoolExhausted", within(this::exhausted));
        handlers.put("stallsight.Downstream", within(this::downstream));
        handlers.put("stallsight.FanOut", within(this::fanOut));
        handlers.put("stallsight.Pinned", within(this::pinned));
        handlers.put("stallsight.SelfDeadlock", within(this::selfDeadlock));
        handlers.put("stallsight.Hook", this::hook);
        return handlers;
    }

    private Consumer<RecordedEvent> within(Consumer<RecordedEvent> handler) {
        return event -> {
            if (span.touches(Fields.start(event), Fields.end(event))) {
                handler.accept(event);
            }
        };
    }

    private void loop(RecordedEvent event) {
        picture.loop(
                Fields.end(event),
                new LoopRow(
                        Fields.text(event, "name"),
                        Fields.text(event, "loopGroup"),
                        Fields.nanos(event, "lagP50"),
                        Fields.nanos(event, "lagP90"),
                        Fields.nanos(event, "lagP99"),
                        Fields.nanos(event, "lagMax"),
                        Fields.fraction(event, "utilization"),
                        Fields.number(event, "ticks"),
                        Fields.nanos(event, "tickP50"),
                        Fields.nanos(event, "tickP99"),
                        Fields.nanos(event, "tickMax"),
                        Fields.number(event, "tasks"),
                        Fields.number(event, "pendingTasks"),
                        Fields.number(event, "channels"),
                        Fields.nanos(event, "runningFor"),
                        Fields.nanos(event, "oldestTask")));
    }

    private void stall(RecordedEvent event) {
        long nanos = event.getDuration().toNanos();
        Map<String, Long> split = new LinkedHashMap<>();
        part(split, Cause.BLOCKING_CALL, event, "blockedTime");
        part(split, Cause.LOCK, event, "contendedTime");
        part(split, Cause.GC_PAUSE, event, "gcTime");
        part(split, Cause.SAFEPOINT, event, "safepointTime");
        part(split, Cause.NOT_SCHEDULED, event, "notScheduledTime");
        part(split, Cause.NATIVE, event, "nativeTime");
        part(split, Cause.UNKNOWN, event, "unknownTime");
        long rest = nanos - split.values().stream().mapToLong(Long::longValue).sum();
        String cause = Fields.text(event, "cause");
        if (rest > 0) { // the event has no field for what was computed, in one task or in many
            split.put(cause.equals(Cause.MANY_SMALL_TASKS.name()) ? cause : Cause.CPU.name(), rest);
        }
        List<String> stack = Fields.lines(event, "stack");
        int samples = (int) Fields.number(event, "samples");
        picture.stall(new StallRow(
                Fields.text(event, "stallId"),
                Fields.text(event, "name"),
                Fields.text(event, "loopGroup"),
                Fields.start(event),
                nanos,
                Fields.flag(event, "ongoing"),
                cause,
                split,
                Fields.textOrNull(event, "site"),
                Fields.textOrNull(event, "api"),
                fingerprint(event),
                Fields.text(event, "evidence"),
                Advice.ofCause(cause),
                Fields.number(event, "waiting"),
                Fields.nanos(event, "cpuTime"),
                Fields.nanos(event, "throttledTime"),
                samples,
                (int) Fields.number(event, "samplesAtSite"),
                Fields.number(event, "tasks"),
                list(Fields.text(event, "topTasks")),
                Fields.textOrNull(event, "lockOwner"),
                Fields.textOrNull(event, "lockOwnerSite"),
                Fields.lines(event, "lockOwnerStack"),
                stack,
                profile(event, samples, stack)));
    }

    private static @Nullable String fingerprint(RecordedEvent event) {
        StackTraceElement site = Advice.frame(Fields.text(event, "site"));
        String api = Fields.text(event, "api");
        return site == null || api.isEmpty() ? null : Findings.fingerprint(api, site, Fields.text(event, "loopGroup"));
    }

    /** A count, then frames, a blank line between two; the first versions of the event had one stack. */
    private static List<StallRow.Profile> profile(RecordedEvent event, int samples, List<String> stack) {
        List<StallRow.Profile> profile = new ArrayList<>();
        for (String seen : Fields.text(event, "profile").split("\n\n")) {
            List<String> lines = seen.lines().toList();
            if (lines.size() > 1) {
                profile.add(new StallRow.Profile(Integer.parseInt(lines.get(0)), lines.subList(1, lines.size())));
            }
        }
        if (profile.isEmpty() && !stack.isEmpty()) {
            profile.add(new StallRow.Profile(Math.max(1, samples), stack));
        }
        return profile;
    }

    private static void part(Map<String, Long> split, Cause cause, RecordedEvent event, String field) {
        long nanos = Fields.nanos(event, field);
        if (nanos > 0) {
            split.put(cause.name(), nanos);
        }
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(", "));
    }

    private void call(RecordedEvent event) {
        List<String> stack = event.hasField("stack")
                ? Fields.lines(event, "stack")
                : Fields.stack(event.getStackTrace()).stream()
                        .map(Frames::describe)
                        .toList();
        String thread = Fields.text(event, "blockedThread");
        String site = Fields.text(event, "site");
        picture.call(new CallRow(
                Fields.end(event),
                event.getDuration().toNanos(),
                Fields.text(event, "kind"),
                Fields.text(event, "api"),
                Fields.text(event, "detail"),
                site,
                Fields.text(event, "loopGroup"),
                thread.isEmpty() ? Fields.name(event.getThread()) : thread,
                Fields.text(event, "fingerprint"),
                Advice.ofKind(Fields.text(event, "kind")),
                Advice.allow(site),
                stack));
    }

    private void pool(RecordedEvent event) {
        picture.pool(
                Fields.end(event),
                new PoolRow(
                        Fields.text(event, "name"),
                        Fields.text(event, "type"),
                        (int) Fields.number(event, "executors"),
                        Fields.number(event, "active"),
                        Fields.number(event, "size"),
                        Fields.number(event, "max"),
                        Fields.number(event, "queued"),
                        Fields.number(event, "capacity"),
                        Fields.nanos(event, "queueWaitP50"),
                        Fields.nanos(event, "queueWaitP99"),
                        Fields.nanos(event, "queueWaitMax"),
                        Fields.nanos(event, "oldestTask"),
                        Fields.nanos(event, "runP50"),
                        Fields.nanos(event, "runP99"),
                        Fields.nanos(event, "runMax"),
                        Fields.number(event, "completed"),
                        Fields.number(event, "rejected"),
                        Fields.fraction(event, "saturation")));
    }

    private void exhausted(RecordedEvent event) {
        List<ExhaustionRow.Site> sites = new ArrayList<>();
        Matcher workers = WORKERS.matcher(Fields.text(event, "workers"));
        while (workers.find()) {
            String doing = workers.group(3);
            sites.add(new ExhaustionRow.Site(
                    Integer.parseInt(workers.group(1)),
                    workers.group(2),
                    doing == null ? "" : doing,
                    sites.isEmpty() ? Fields.lines(event, "stack") : List.of()));
        }
        picture.exhausted(new ExhaustionRow(
                Fields.text(event, "exhaustionId"),
                Fields.text(event, "name"),
                Fields.start(event),
                event.getDuration().toNanos(),
                Fields.text(event, "workers"),
                Fields.text(event, "advice"),
                sites));
    }

    private void downstream(RecordedEvent event) {
        picture.downstream(
                Fields.end(event),
                new DownstreamRow(
                        Fields.text(event, "name"),
                        (int) Fields.number(event, "inFlight"),
                        (int) Fields.number(event, "peak"),
                        (int) Fields.number(event, "highWater"),
                        Fields.number(event, "connects"),
                        Fields.number(event, "failed")));
    }

    private void fanOut(RecordedEvent event) {
        notice(
                NoticeRow.Type.FAN_OUT,
                event,
                "",
                Fields.number(event, "inFlight") + " connections to " + Fields.text(event, "downstream")
                        + " at once; the threshold is " + Fields.number(event, "threshold"),
                FanOut.FIX);
    }

    private void pinned(RecordedEvent event) {
        notice(
                NoticeRow.Type.PINNED,
                event,
                Fields.text(event, "virtualThread"),
                "a virtual thread kept its carrier for " + event.getDuration().toMillis() + " ms; "
                        + Fields.text(event, "reason"),
                Pinned.fix(Fields.text(event, "reason")));
    }

    private void selfDeadlock(RecordedEvent event) {
        notice(
                NoticeRow.Type.SELF_DEADLOCK,
                event,
                Fields.text(event, "name"),
                "waits for itself; " + Fields.text(event, "path"),
                SelfDeadlock.FIX);
    }

    private void notice(NoticeRow.Type type, RecordedEvent event, String thread, String text, String fix) {
        picture.notice(new NoticeRow(
                type,
                Fields.start(event),
                thread,
                Fields.text(event, "site"),
                text,
                fix,
                Fields.lines(event, "stack")));
    }

    /** Each chunk has all of them; the last word counts. */
    private void hook(RecordedEvent event) {
        String hook = Fields.text(event, "hook");
        hookStates.put(hook, Fields.text(event, "state"));
        hookProblems.put(hook, Fields.text(event, "problem"));
    }

    /** After the last event. */
    void finish() {
        if (hookStates.isEmpty()) {
            return;
        }
        int woven = 0;
        int waiting = 0;
        List<HooksRow.Hole> holes = new ArrayList<>();
        for (Map.Entry<String, String> each : hookStates.entrySet()) {
            switch (each.getValue()) {
                case "WOVEN" -> woven++;
                case "WAITING" -> waiting++;
                default -> holes.add(new HooksRow.Hole(each.getKey(), hookProblems.getOrDefault(each.getKey(), "")));
            }
        }
        picture.hooks(new HooksRow(woven, waiting, holes));
    }
}
