package io.stallsight.engine.picture;

import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a person who has just been paged needs to know, in one line: which loops are late or which pool is full, by how
 * much, what takes the time, who waits. Of several troubles the one with the most harm comes first.
 *
 * @param more further lines, worst first
 * @param links what the text speaks of
 */
public record Verdict(Level level, String text, List<String> more, List<Link> links) {

    /** How bad it is. */
    public enum Level {
        OK,
        /** Something blocks, but nobody waits long; or it is over. */
        WARN,
        BAD;

        /** As it is written in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something of the picture.
     *
     * @param to loop, finding, stall, pool
     */
    public record Link(String to, String id) {}

    /** One thing that is wrong. */
    private record Trouble(Level level, double weight, String text, List<Link> links) {}

    /** What is over for longer is told as past. */
    private static final long PRESENT_MILLIS = 15_000;

    /** What a loop is late for now is asked of so long. */
    private static final long RECENT_MILLIS = 60_000;

    private static final int MOST_TROUBLES = 6;

    /** A share of less is not worth naming. */
    private static final double WORTH_NAMING = 0.3;

    /** Takes the verdict of all that the picture knows. */
    public static Verdict of(Picture picture, PictureQuery query) {
        Verdict[] made = new Verdict[1];
        picture.view(view -> made[0] = of(view), query);
        return Objects.requireNonNull(made[0]);
    }

    static Verdict of(Picture.View view) {
        List<Trouble> troubles = new ArrayList<>();
        lateLoops(view, troubles);
        pools(view, troubles);
        notices(view, troubles);
        if (troubles.stream().noneMatch(trouble -> trouble.level == Level.BAD)) {
            findings(view, troubles);
        }
        troubles.sort(Comparator.comparing((Trouble trouble) -> trouble.level)
                .reversed()
                .thenComparing(trouble -> -trouble.weight));
        List<String> more = new ArrayList<>();
        troubles.stream().skip(1).limit(MOST_TROUBLES).forEach(trouble -> more.add(trouble.text));
        HooksRow hooks = view.hooks();
        if (hooks != null && !hooks.holes().isEmpty()) {
            more.add(holes(hooks.holes()));
        }
        if (troubles.isEmpty()) {
            return new Verdict(Level.OK, allIsWell(view), more, List.of());
        }
        Trouble worst = troubles.get(0);
        String text = worst.level == Level.WARN
                        && isLive(view)
                        && !view.loopsOfRange().isEmpty()
                        && noLoopIsLate(view)
                ? worst.text + ". All loops are free now"
                : worst.text;
        return new Verdict(worst.level, text, more, worst.links);
    }

    private static String holes(List<HooksRow.Hole> holes) {
        return holes.size() == 1
                ? "not seen on this JVM: " + holes.get(0).hook() + "; "
                        + holes.get(0).problem()
                : holes.size() + " hooks did not take on this JVM: what they would see is not seen";
    }

    private static String allIsWell(Picture.View view) {
        List<Entry.Loop> loops = view.loopsOfRange();
        if (loops.isEmpty()) {
            return "no event loop has been seen";
        }
        double worst = 0;
        for (Entry.Loop loop : loops) {
            double lag = Entry.most(loop.lagP99.in(view.resolution), view.rangeFirst, view.end - 1);
            worst = Math.max(worst, Double.isNaN(lag) ? 0 : lag);
        }
        return (loops.size() == 1 ? "the loop is free" : "all " + loops.size() + " loops are free") + ": p99 at most "
                + DurationText.of(Math.round(worst));
    }

    // ---- loops

    /** The stalls of one loop group in the range. */
    private static final class Late {
        final String group;
        final Map<String, Part> parts = new HashMap<>();
        double nanos;
        double harm;
        long last;
        boolean ongoing;
        String loop = "";

        Late(String group) {
            this.group = group;
        }

        void add(StallRow stall) {
            nanos += stall.nanos();
            harm += stall.harm();
            if (stall.end() >= last) {
                last = stall.end();
                loop = stall.loop();
            }
            ongoing |= stall.ongoing();
            String name = stall.cause() + "\n" + stall.api() + "\n" + stall.site();
            parts.computeIfAbsent(name, first -> new Part(stall)).add(stall);
        }

        Part largest() {
            return parts.values().stream()
                    .max(Comparator.comparingDouble(part -> part.nanos))
                    .orElseThrow();
        }
    }

    /** The stalls with one cause and site. */
    private static final class Part {
        double nanos;
        long waiting;
        StallRow last;

        Part(StallRow first) {
            last = first;
        }

        void add(StallRow stall) {
            nanos += stall.nanos();
            waiting = Math.max(waiting, stall.waiting());
            last = stall;
        }
    }

    private static void lateLoops(Picture.View view, List<Trouble> troubles) {
        Map<String, Late> groups = new HashMap<>();
        for (StallRow stall : view.stallsOfRange()) {
            groups.computeIfAbsent(stall.group(), Late::new).add(stall);
        }
        for (Late all : groups.values()) {
            boolean present = !isLive(view) || all.ongoing || view.now - all.last < PRESENT_MILLIS;
            boolean now = present && isLive(view);
            Late late = now ? recent(view, all.group) : all;
            long first = now ? Math.max(view.rangeFirst, view.end - RECENT_MILLIS / view.step) : view.rangeFirst;
            Part largest = late.largest();
            double share = late.nanos == 0 ? 1 : largest.nanos / late.nanos;
            StringBuilder text = new StringBuilder();
            text.append(Texts.shortGroup(late.group)).append(present && isLive(view) ? " is late" : " was late");
            if (!present) {
                text.append(' ').append(Texts.ago(view.now - late.last));
            }
            double p99 = worstP99(view, late.group, first);
            if (p99 > 0) {
                text.append(": p99 ").append(DurationText.of(Math.round(p99)));
            } else {
                text.append(" for ")
                        .append(DurationText.of(Math.round(late.nanos)))
                        .append(" in all");
            }
            text.append(". ").append(words(largest.last, share));
            if (largest.waiting > 0) {
                // its channels may be idle ones: how many of them had a request to send is not known
                text.append("; up to ")
                        .append(CountText.of(largest.waiting, "request was waiting", "requests were waiting"));
            }
            List<Link> links = new ArrayList<>();
            links.add(new Link("loop", late.loop));
            String fingerprint = largest.last.fingerprint();
            // a call that has not ended is no finding so far
            links.add(
                    fingerprint != null && view.hasFinding(fingerprint)
                            ? new Link("finding", fingerprint)
                            : new Link("stall", largest.last.id()));
            troubles.add(new Trouble(
                    present ? Level.BAD : Level.WARN, late.harm + late.nanos / 1e9, text.toString(), links));
        }
    }

    /** {@code 92 % of it is JDBC at OrderRepository.find:57}. */
    private static String words(StallRow stall, double share) {
        String site = stall.site() == null ? "" : " at " + Texts.shortSite(stall.site());
        String what = switch (stall.cause()) {
            case "BLOCKING_CALL" -> (stall.api() == null ? "a blocking call" : stall.api()) + site;
            case "LOCK" ->
                "waiting for a lock" + site + (stall.owner() == null ? "" : " that " + stall.owner() + " holds")
                        + (stall.ownerSite() == null ? "" : " in " + Texts.shortSite(stall.ownerSite()));
            case "CPU" -> "computing" + site;
            case "NATIVE" -> "native code" + site;
            case "MANY_SMALL_TASKS" -> "many small tasks" + site;
            case "GC_PAUSE" -> "garbage collection; no code on the loop is to blame";
            case "SAFEPOINT" -> "a safepoint of the JVM; no code on the loop is to blame";
            case "NOT_SCHEDULED" -> "waiting for a CPU; no code on the loop is to blame";
            default -> "unexplained";
        };
        String part = share > 0.995 ? "All of it is " : Math.round(share * 100) + " % of it is ";
        return (share < WORTH_NAMING ? "The largest part, " + Math.round(share * 100) + " %, is " : part) + what;
    }

    /** The stalls of the last minute: who is late now is told what it is late for now. */
    private static Late recent(Picture.View view, String group) {
        Late recent = new Late(group);
        for (StallRow stall : view.stallsOfRange()) {
            if (stall.group().equals(group) && (stall.ongoing() || stall.end() > view.now - RECENT_MILLIS)) {
                recent.add(stall);
            }
        }
        return recent;
    }

    /** @param first column */
    private static double worstP99(Picture.View view, String group, long first) {
        double worst = 0;
        for (Entry.Loop loop : view.loopsOfRange()) {
            if (loop.row.group().equals(group)) {
                double lag = Entry.most(loop.lagP99.in(view.resolution), first, view.end - 1);
                worst = Math.max(worst, Double.isNaN(lag) ? 0 : lag);
            }
        }
        return worst;
    }

    private static boolean noLoopIsLate(Picture.View view) {
        for (Entry.Loop loop : view.loopsOfRange()) {
            LoopState state = LoopState.of(view, loop);
            if (state == LoopState.LATE || state == LoopState.STUCK) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLive(Picture.View view) {
        return view.source() == Picture.Source.LIVE;
    }

    // ---- the rest

    private static void pools(Picture.View view, List<Trouble> troubles) {
        for (Entry.Pool pool : view.pools()) {
            PoolRow row = pool.row;
            ExhaustionRow exhaustion = view.exhaustionOf(row.id());
            PoolState state = PoolState.of(view, pool);
            if (exhaustion == null) {
                continue;
            }
            boolean present = state == PoolState.EXHAUSTED || !isLive(view);
            StringBuilder text = new StringBuilder(row.id());
            if (state == PoolState.EXHAUSTED) {
                text.append(" is full: ")
                        .append(row.active())
                        .append(" of ")
                        .append(row.max())
                        .append(" workers, ")
                        .append(CountText.of(row.queued(), "task waits", "tasks wait"));
            } else {
                text.append(" was full for ").append(DurationText.of(exhaustion.nanos()));
                if (isLive(view)) {
                    text.append(", ").append(Texts.ago(view.now - exhaustion.end()));
                }
            }
            if (!exhaustion.sites().isEmpty()) {
                ExhaustionRow.Site site = exhaustion.sites().get(0);
                text.append("; ")
                        .append(site.workers())
                        .append(" in ")
                        .append(site.site().isEmpty() ? site.doing() : Texts.shortSite(site.site()))
                        .append(site.site().isEmpty() || site.doing().isEmpty() ? "" : " (" + site.doing() + ")");
            }
            troubles.add(new Trouble(
                    present ? Level.BAD : Level.WARN,
                    exhaustion.nanos() / 1e9 * Math.max(1, row.queued()),
                    text.toString(),
                    List.of(new Link("pool", row.id()))));
        }
    }

    private static void notices(Picture.View view, List<Trouble> troubles) {
        Shape shape = Shape.of(view.process.detail());
        Map<String, NoticeRow> newest = new HashMap<>();
        for (NoticeRow notice : view.noticesOfRange()) {
            newest.merge(notice.type() + "\n" + notice.site(), notice, (a, b) -> a.time() >= b.time() ? a : b);
        }
        for (NoticeRow notice : newest.values()) {
            boolean deadlock = notice.type() == NoticeRow.Type.SELF_DEADLOCK;
            String site = notice.site().isEmpty() ? "" : " at " + Texts.shortSite(notice.site());
            if (deadlock) {
                troubles.add(selfDeadlock(view, notice, site));
            } else {
                String text = Texts.shortened(shape.hosts(notice.text())) + site;
                troubles.add(new Trouble(Level.WARN, 0, text, List.of()));
            }
        }
    }

    private static Trouble selfDeadlock(Picture.View view, NoticeRow notice, String site) {
        boolean present = !isLive(view) || view.now - notice.time() < PRESENT_MILLIS;
        String text = notice.thread()
                + (present ? " waits for itself" : " waited for itself " + Texts.ago(view.now - notice.time()))
                + site;
        return new Trouble(
                present ? Level.BAD : Level.WARN, Double.MAX_VALUE, text, List.of(new Link("loop", notice.thread())));
    }

    /** Calls that were too short to make a loop late. */
    private static void findings(Picture.View view, List<Trouble> troubles) {
        List<Entry.Site> sites = view.findingsOfRange();
        if (sites.isEmpty()) {
            return;
        }
        sites.sort(Comparator.comparingLong((Entry.Site site) -> -site.durations.total()));
        Entry.Site worst = sites.get(0);
        String text = CountText.of(worst.durations.count(), "blocking call", "blocking calls") + " of "
                + worst.last.api() + " at " + Texts.shortSite(worst.last.site()) + " on "
                + Texts.shortGroup(worst.last.group()) + ", the longest "
                + DurationText.of(worst.durations.max())
                + (sites.size() > 1
                        ? "; " + CountText.of(sites.size() - 1, "more site blocks", "more sites block")
                        : "");
        troubles.add(new Trouble(Level.WARN, 0, text, List.of(new Link("finding", worst.last.fingerprint()))));
    }
}
