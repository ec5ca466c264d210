package io.stallsight.it.requests;

import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.requests.TaggedClient.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/**
 * What the agent said of tagged requests, beside the truth.
 *
 * @param blamed requests that blocked a thread, except where the machine did so for longer
 * @param named of these, all of whose reports have the right name
 * @param traced of these, all of whose reports have the right trace
 * @param wrong one line for each request with a wrong name or trace
 * @param unknown one line for each request with a report that has no name, or without a report
 * @param untraced one line for each request with a report that has no trace
 * @param stalls of these requests, without those of ticks in which the machine was late as well
 */
public record RequestVerdict(
        int blamed,
        int named,
        int traced,
        List<String> wrong,
        List<String> unknown,
        List<String> untraced,
        List<StallVerdict> stalls) {

    /** Shorter events besides belong to preparations. */
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private static final double MAX_ERROR = 0.05;

    /** A tick that took longer than so many times its block was late for another reason too. */
    private static final double MAX_TICK = 1.5;

    /**
     * The victims of a stall.
     *
     * @param lost nanoseconds, as the client and the service measured it
     * @param reportedLost nanoseconds; -1 if the agent does not know it
     */
    record StallVerdict(
            Tagged culprit, Map<String, Long> victims, Map<String, Long> reported, long lost, long reportedLost) {

        boolean isLostRight() {
            return victims.isEmpty() && reported.isEmpty() || Math.abs(reportedLost - lost) <= MAX_ERROR * lost;
        }

        boolean hasSameVictims() {
            return victims.equals(reported);
        }

        @Override
        public String toString() {
            return "%s: victims %s, reported %s; lost %.1f ms, reported %.1f ms"
                    .formatted(culprit.tag(), victims, reported, lost / 1e6, reportedLost / 1e6);
        }
    }

    /** An event of the agent; times since 1970. */
    private record Report(boolean isStall, String thread, long start, long end, RecordedEvent event) {

        static Report of(RecordedEvent event) {
            boolean isStall = event.getEventType().getName().endsWith("LoopStall");
            String thread = isStall
                    ? event.getString("name")
                    : event.hasField("blockedThread") && event.getString("blockedThread") != null
                            ? event.getString("blockedThread")
                            : name(event.getThread());
            return new Report(isStall, thread, nanos(event.getStartTime()), nanos(event.getEndTime()), event);
        }

        private static String name(RecordedThread thread) {
            return Objects.requireNonNullElse(thread.getJavaName(), thread.getOSName());
        }

        private static long nanos(Instant time) {
            return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
        }

        String text(String field) {
            return Objects.requireNonNullElse(event.getString(field), "");
        }

        long lost() {
            return event.getDuration("lost").toNanos();
        }

        /** Nobody is to blame for a stall of which most was no work of the thread: the machine was busy. */
        boolean isNobodys() {
            return isStall
                    && List.of("NOT_SCHEDULED", "SAFEPOINT", "GC_PAUSE", "UNKNOWN")
                            .contains(text("cause"));
        }

        /** Otherwise the machine was late as well, and requests waited for both: only the block's time is known. */
        boolean isAsLongAs(Block block) {
            return end - start <= MAX_TICK * (block.end - block.begin);
        }

        /** For most of its own time. */
        boolean isWithin(Block block) {
            long common = Math.min(end, block.end) - Math.max(start, block.begin);
            return thread.equals(block.thread) && common > (end - start) / 2;
        }

        @Override
        public String toString() {
            return (isStall ? "stall " + text("cause") : "call " + text("api")) + " '" + text("request") + "' "
                    + text("traceId").replaceFirst("^0+", "") + " " + (end - start) / 1_000_000 + " ms on " + thread;
        }
    }

    /** A request that blocked a thread; times since 1970. */
    private record Block(Tagged request, String thread, long begin, long end) {}

    /** A request that a handler was called for; times since 1970. */
    private record Served(Tagged request, String thread, long sent, long begun) {}

    static RequestVerdict of(Outcome outcome, Map<Integer, Tagged> sent, Map<Integer, Times> times) {
        String[] clock = outcome.lines("CLOCK ").get(0).split(" ");
        long offset = Long.parseLong(clock[1]) - Long.parseLong(clock[0]);
        List<Block> blocks = new ArrayList<>();
        for (String line : outcome.lines("BLOCKED ")) {
            String[] parts = line.split(" ", 4);
            Tagged request = sent.get(Integer.parseInt(parts[0]));
            if (request != null) {
                blocks.add(new Block(
                        request, parts[3], Long.parseLong(parts[1]) + offset, Long.parseLong(parts[2]) + offset));
            }
        }
        List<Served> served = new ArrayList<>();
        for (String line : outcome.lines("BEGUN ")) {
            String[] parts = line.split(" ", 3);
            Tagged request = sent.get(Integer.parseInt(parts[0]));
            if (request != null) {
                long at = Objects.requireNonNull(times.get(request.number())).sent() + offset;
                served.add(new Served(request, parts[2], at, Long.parseLong(parts[1]) + offset));
            }
        }
        List<Report> reports = new ArrayList<>();
        for (String type : List.of("stallsight.BlockingCall", "stallsight.LoopStall")) {
            Recordings.events(Objects.requireNonNull(outcome.recording()), type).stream()
                    .map(Report::of)
                    .filter(report -> !report.isStall() || !report.event().getBoolean("ongoing"))
                    .forEach(reports::add);
        }
        return of(blocks, served, reports);
    }

    private static RequestVerdict of(List<Block> blocks, List<Served> served, List<Report> reports) {
        int blamed = 0;
        int named = 0;
        int traced = 0;
        List<String> wrong = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> untraced = new ArrayList<>();
        List<StallVerdict> stalls = new ArrayList<>();
        blocks.sort(Comparator.comparingLong(Block::begin));
        for (Block block : blocks) {
            List<Report> found =
                    reports.stream().filter(each -> each.isWithin(block)).toList();
            found.stream()
                    .filter(Report::isStall)
                    .findFirst()
                    .filter(stall -> stall.isAsLongAs(block))
                    .ifPresent(stall -> stalls.add(stall(block, blocks, stall, reports, served)));
            List<Report> main = found.stream()
                    .filter(each -> each.end() - each.start() >= MIN_NANOS)
                    .filter(each -> !each.isNobodys() || !each.text("request").isEmpty())
                    .toList();
            if (main.isEmpty() && found.stream().anyMatch(Report::isNobodys)) {
                continue;
            }
            blamed++;
            String line = block.request().tag() + " " + block.request().name() + " on " + block.thread() + ": " + found;
            String trace = "%032x".formatted(1 + block.request().number());
            if (found.stream()
                            .anyMatch(
                                    each -> !List.of("", block.request().name()).contains(each.text("request")))
                    || found.stream().anyMatch(each -> !List.of("", trace).contains(each.text("traceId")))) {
                wrong.add(line);
            } else if (main.isEmpty()
                    || main.stream().anyMatch(each -> each.text("request").isEmpty())) {
                unknown.add(line);
            } else {
                named++;
            }
            if (!main.isEmpty()
                    && main.stream().allMatch(each -> each.text("traceId").equals(trace))) {
                traced++;
            } else {
                untraced.add(line);
            }
        }
        return new RequestVerdict(blamed, named, traced, wrong, unknown, untraced, stalls);
    }

    private static StallVerdict stall(
            Block block, List<Block> blocks, Report stall, List<Report> reports, List<Served> served) {
        long next = blocks.stream()
                .filter(each -> each.thread().equals(block.thread()) && each.begin() > block.begin())
                .mapToLong(Block::begin)
                .min()
                .orElse(Long.MAX_VALUE);
        List<Served> victims = served.stream()
                .filter(each -> each.thread().equals(block.thread()) && each.request() != block.request())
                .filter(each -> each.sent() < Math.max(block.end(), stall.end()) && each.begun() >= block.end())
                .toList();
        long lost = victims.stream()
                .mapToLong(each -> Math.min(each.begun(), next) - Math.max(each.sent(), block.begin()))
                .sum();
        Map<String, Long> reported = new TreeMap<>();
        stall.text("victims").lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            reported.put(parts[1], Long.valueOf(parts[0]));
        });
        return new StallVerdict(
                block.request(),
                new TreeMap<>(victims.stream()
                        .collect(Collectors.groupingBy(each -> each.request().name(), Collectors.counting()))),
                reported,
                lost,
                stall.lost() < 0 ? -1 : lostUntil(next, stall, reports));
    }

    /** On a busy machine, to serve the requests may be a stall as well, behind which the last of them lose more. */
    private static long lostUntil(long end, Report stall, List<Report> reports) {
        return reports.stream()
                .filter(each -> each.isStall() && each.thread().equals(stall.thread()))
                .filter(each -> each == stall || each.start() > stall.start() && each.end() <= end)
                .mapToLong(each -> Math.max(0, each.lost()))
                .sum();
    }

    /** The share of those that are to blame whose reports all have the right name. */
    public double namedShare() {
        return (double) named / blamed;
    }

    /** The share of those that are to blame whose reports all have the right trace. */
    public double tracedShare() {
        return (double) traced / blamed;
    }

    /** The number of victims of all stalls: the reported one, as a share of the true one. */
    public double victimsShare() {
        return (double) number(StallVerdict::reported) / number(StallVerdict::victims);
    }

    private long number(Function<StallVerdict, Map<String, Long>> of) {
        return stalls.stream()
                .flatMap(each -> of.apply(each).values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** What victims lost of all stalls of which that is known: the reported time, as a share of the true one. */
    public double lostShare() {
        List<StallVerdict> known =
                stalls.stream().filter(each -> each.reportedLost() > 0).toList();
        return (double) known.stream().mapToLong(StallVerdict::reportedLost).sum()
                / known.stream().mapToLong(StallVerdict::lost).sum();
    }

    /** The title of {@link #row}. */
    public static String title() {
        return "blocked | named | unknown | wrong | trace | victims | reported | same victims | lost | reported | of stalls |";
    }

    /** For a table. */
    public String row() {
        return "%d | %d | %d | %d | %d | %d | %d | %d of %d | %.1f s | %+.1f %% | %d of %d |"
                .formatted(
                        blamed,
                        named,
                        unknown.size(),
                        wrong.size(),
                        traced,
                        number(StallVerdict::victims),
                        number(StallVerdict::reported),
                        stalls.stream().filter(StallVerdict::hasSameVictims).count(),
                        stalls.size(),
                        stalls.stream().mapToLong(StallVerdict::lost).sum() / 1e9,
                        100 * (lostShare() - 1),
                        stalls.stream().filter(StallVerdict::isLostRight).count(),
                        stalls.size());
    }

    /** All that is not as it should be. */
    public String describe() {
        List<String> lines = new ArrayList<>();
        wrong.forEach(each -> lines.add("wrong: " + each));
        unknown.forEach(each -> lines.add("unknown: " + each));
        untraced.forEach(each -> lines.add("without trace: " + each));
        stalls.stream()
                .filter(each -> !each.hasSameVictims() || !each.isLostRight())
                .forEach(each -> lines.add("stall of " + each));
        return String.join("\n", lines);
    }
}
