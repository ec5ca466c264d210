package io.stallsight.engine.picture;

import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.picture.Verdict.Level;
import io.stallsight.engine.picture.Verdict.Link;
import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lateness of one loop group as a trouble: how late it is, what takes its time, and how much waited. */
final class LateLoops {

    /** The cause of a late loop comes from its stalls in this time. */
    private static final long RECENT_MILLIS = 60_000;

    private static final String PRESENT = "Loops are late";
    private static final String PAST = "Loops were late";

    private final View view;
    private final String group;
    private final CauseShares shares = new CauseShares();
    private @Nullable Stall last;
    private long waiting;

    /** Requests whose lost time is known, and that time in nanoseconds. */
    private int losers;

    private long lost;
    private double nanos;
    private double harm;
    private long lastEnd = Long.MIN_VALUE;
    private boolean ongoing;
    private String loop = "";

    private LateLoops(View view, String group) {
        this.view = view;
        this.group = group;
    }

    /** One for each loop group that was late. */
    static List<Trouble> troubles(View view) {
        Map<String, LateLoops> groups = new HashMap<>();
        for (Stall stall : view.stallsOfRange()) {
            groups.computeIfAbsent(stall.loopGroup(), group -> new LateLoops(view, group))
                    .add(stall);
        }
        List<Trouble> troubles =
                new ArrayList<>(groups.values().stream().map(LateLoops::trouble).toList());
        for (LoopHistory loop : view.loopsOfRange()) {
            LoopState state = LoopState.of(view, loop);
            boolean isLate = state == LoopState.LATE || state == LoopState.STUCK;
            if (isLate && groups.putIfAbsent(loop.last().loopGroup(), new LateLoops(view, "")) == null) {
                troubles.add(withoutStall(view, loop));
            }
        }
        return troubles;
    }

    /** Its tasks waited, but no look found it late: it sleeps between its tasks, or has just become stuck. */
    private static Trouble withoutStall(View view, LoopHistory loop) {
        Range range = view.range();
        long lag = Math.max(
                Math.round(range.max(loop.lagMax, range.firstOfAll())),
                loop.last().runningFor());
        String text = Texts.shortGroup(loop.last().loopGroup()) + (view.isLive() ? " is late" : " was late")
                + ": by up to " + DurationText.of(lag)
                + ". No stall of it is known, so the cause is not known either";
        return new Trouble(
                Level.BAD,
                view.isLive() ? PRESENT : PAST,
                lag / 1e9,
                text,
                List.of(new Link("loop", loop.last().name())));
    }

    private void add(Stall stall) {
        nanos += stall.nanos();
        harm += stall.harmSeconds();
        long end = view.end(stall);
        if (end >= lastEnd) {
            lastEnd = end;
            loop = stall.threadName();
        }
        ongoing |= stall.ongoing();
        last = stall;
        waiting = Math.max(waiting, stall.waiting());
        losers += stall.victims().measured();
        lost += Math.max(0, stall.victims().lostNanos());
        shares.add(stall);
    }

    private Trouble trouble() {
        boolean present = !view.isLive() || ongoing || view.now() - lastEnd < Trouble.PRESENT_MILLIS;
        Range range = view.range();
        if (present && view.isLive()) {
            long recent = range.end() - RECENT_MILLIS / range.step();
            return ofRecentStalls().trouble(true, Math.max(range.firstOfAll(), recent));
        }
        return trouble(present, range.firstOfAll());
    }

    private LateLoops ofRecentStalls() {
        LateLoops recent = new LateLoops(view, group);
        for (Stall stall : view.stallsOfRange()) {
            boolean isRecent = stall.ongoing() || view.end(stall) > view.now() - RECENT_MILLIS;
            if (stall.loopGroup().equals(group) && isRecent) {
                recent.add(stall);
            }
        }
        return recent;
    }

    private Trouble trouble(boolean present, long firstColumn) {
        StringBuilder text = new StringBuilder();
        text.append(Texts.shortGroup(group)).append(present && view.isLive() ? " is late" : " was late");
        if (!present) {
            text.append(' ').append(Texts.ago(view.now() - lastEnd));
        }
        double p99 = worstP99(firstColumn);
        if (p99 > 0) {
            text.append(": p99 ").append(DurationText.of(Math.round(p99)));
        } else {
            text.append(" for ").append(DurationText.of(Math.round(nanos))).append(" in all");
        }
        text.append(". ").append(shares.sentence());
        if (losers > 0) {
            text.append("; ")
                    .append(CountText.of(losers, "request", "requests"))
                    .append(" lost ")
                    .append(DurationText.of(lost));
        } else if (waiting > 0) {
            text.append("; up to ")
                    .append(CountText.of(waiting, "task or connection", "tasks and connections"))
                    .append(" waited");
        }
        Stall example = shares.example();
        return new Trouble(
                present ? Level.BAD : Level.WARN,
                present ? PRESENT : PAST,
                harm + nanos / 1e9,
                text.toString(),
                links(example == null ? Objects.requireNonNull(last) : example));
    }

    private List<Link> links(Stall stall) {
        List<Link> links = new ArrayList<>();
        links.add(new Link("loop", loop));
        String fingerprint = View.fingerprint(stall);
        // a call that has not ended is no finding so far
        links.add(
                fingerprint != null && view.hasFinding(fingerprint)
                        ? new Link("finding", fingerprint)
                        : new Link("stall", Long.toString(stall.id())));
        return links;
    }

    private double worstP99(long firstColumn) {
        double worst = 0;
        for (LoopHistory each : view.loopsOfRange()) {
            if (each.last().loopGroup().equals(group)) {
                worst = Math.max(worst, view.range().max(each.lagP99, firstColumn));
            }
        }
        return worst;
    }
}
