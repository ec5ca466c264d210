package io.stallsight.engine.picture;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.picture.Verdict.Level;
import io.stallsight.engine.picture.Verdict.Link;
import io.stallsight.frame.Frames;
import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stalls of one loop group as a trouble: how late it is, and what takes the largest part of that. */
final class LateLoops {

    /** The cause of a late loop comes from its stalls in this time. */
    private static final long RECENT_MILLIS = 60_000;

    /** A share of less is not worth naming. */
    private static final double WORTH_NAMING = 0.3;

    /** A share from which on it is all. */
    private static final double ALL = 0.995;

    /** Stalls with one cause and site. */
    private record Part(
            Cause cause, @Nullable String api, @Nullable StackTraceElement site) {}

    /** What the stalls of one part add up to. */
    private static final class Sum {
        double nanos;
        long waiting;
        Stall last;

        Sum(Stall first) {
            last = first;
        }

        void add(Stall stall) {
            nanos += stall.nanos();
            waiting = Math.max(waiting, stall.waiting());
            last = stall;
        }
    }

    private final View view;
    private final String group;
    private final Map<Part, Sum> parts = new HashMap<>();
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
        return groups.values().stream().map(LateLoops::trouble).toList();
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
        parts.computeIfAbsent(new Part(stall.cause(), stall.api(), stall.site()), part -> new Sum(stall))
                .add(stall);
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
        Sum largest = parts.values().stream()
                .max(Comparator.comparingDouble(sum -> sum.nanos))
                .orElseThrow();
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
        text.append(". ").append(words(largest.last, nanos == 0 ? 1 : largest.nanos / nanos));
        if (largest.waiting > 0) {
            // its channels may be idle ones: how many of them had a request to send is not known
            text.append("; up to ")
                    .append(CountText.of(largest.waiting, "request was waiting", "requests were waiting"));
        }
        return new Trouble(present ? Level.BAD : Level.WARN, harm + nanos / 1e9, text.toString(), links(largest.last));
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

    /** {@code 92 % of it is PreparedStatement.executeQuery at OrderRepository.find:57}. */
    private static String words(Stall stall, double share) {
        StringBuilder text = new StringBuilder();
        if (share < WORTH_NAMING) {
            text.append("The largest part, ").append(Math.round(share * 100)).append(" %, is ");
        } else if (share > ALL) {
            text.append("All of it is ");
        } else {
            text.append(Math.round(share * 100)).append(" % of it is ");
        }
        text.append(stall.what());
        if (stall.site() != null) {
            text.append(" at ").append(Frames.brief(stall.site()));
        }
        if (stall.cause() == Cause.LOCK && stall.owner() != null) {
            text.append(" that ").append(stall.owner()).append(" holds");
            if (stall.ownerSite() != null) {
                text.append(" in ").append(Frames.brief(stall.ownerSite()));
            }
        }
        if (!stall.cause().hasSite() && stall.cause() != Cause.UNKNOWN) {
            text.append("; no code on the loop is to blame");
        }
        return text.toString();
    }
}
