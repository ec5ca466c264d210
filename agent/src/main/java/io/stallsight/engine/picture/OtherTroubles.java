package io.stallsight.engine.picture;

import io.stallsight.engine.fact.Notice;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
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

/** The troubles besides late loops: full pools, notices, and calls that were too short to make a loop late. */
final class OtherTroubles {

    private static final String LOOK = "Look at this";

    private OtherTroubles() {}

    static List<Trouble> pools(View view) {
        List<Trouble> troubles = new ArrayList<>();
        for (PoolHistory pool : view.pools()) {
            PoolExhaustion exhaustion = view.exhaustionOf(pool.last().name());
            if (exhaustion != null) {
                troubles.add(pool(view, pool, exhaustion));
            }
        }
        return troubles;
    }

    private static Trouble pool(View view, PoolHistory pool, PoolExhaustion exhaustion) {
        PoolSample last = pool.last();
        boolean isFull = view.state(pool) == PoolState.EXHAUSTED;
        StringBuilder text = new StringBuilder(last.name());
        if (isFull) {
            text.append(" is full: ")
                    .append(Math.max(last.active(), exhaustion.active()))
                    .append(" of ")
                    .append(last.max())
                    .append(' ')
                    .append(
                            last.kind() == PoolKind.THREADS
                                    ? "workers"
                                    : last.kind().member() + "s")
                    .append(", ")
                    .append(last.kind().waiting(last.queued()));
        } else {
            text.append(" was full for ").append(DurationText.of(exhaustion.nanos()));
            if (view.isLive()) {
                text.append(", ").append(Texts.ago(view.now() - view.end(exhaustion)));
            }
        }
        if (!exhaustion.sites().isEmpty()) {
            text.append("; ").append(words(exhaustion.kind(), exhaustion.sites().get(0)));
        }
        return new Trouble(
                isFull || !view.isLive() ? Level.BAD : Level.WARN,
                isFull ? "A pool is full" : "A pool was full",
                exhaustion.nanos() / 1e9 * Math.max(1, last.queued()),
                text.toString(),
                List.of(new Link("pool", last.name())));
    }

    /** {@code 8 in Legacy.fetch:20 (socket read)}. */
    private static String words(PoolKind kind, PoolExhaustion.Site site) {
        String start = site.workers() + (kind.isLent() ? " held by " : " in ");
        StackTraceElement frame = site.frame();
        if (frame == null) {
            return start + site.doing();
        }
        String doing = site.doing().isEmpty() ? "" : " (" + site.doing() + ")";
        return start + Frames.brief(frame) + doing;
    }

    /** Notices of one type and site are one story: its newest. */
    static List<Trouble> notices(View view) {
        Map<List<Object>, Notice> newest = new HashMap<>();
        for (Notice notice : view.noticesOfRange()) {
            if (notice instanceof SelfDeadlock deadlock && deadlock.certainty() == SelfDeadlock.Certainty.WITHDRAWN) {
                continue;
            }
            StackTraceElement site = notice.site();
            newest.merge(
                    List.of(notice.type(), site == null ? "" : site),
                    notice,
                    (a, b) -> a.shownAt() >= b.shownAt() ? a : b);
        }
        return newest.values().stream().map(notice -> notice(view, notice)).toList();
    }

    private static Trouble notice(View view, Notice notice) {
        StackTraceElement site = notice.site();
        String at = site == null ? "" : " at " + Frames.brief(site);
        if (notice instanceof SelfDeadlock deadlock) {
            return selfDeadlock(view, deadlock, at);
        }
        return new Trouble(
                Level.WARN, LOOK, 0, view.shape().hosts(notice.headline()) + at, List.of(Link.toSection("notices")));
    }

    private static Trouble selfDeadlock(View view, SelfDeadlock notice, String at) {
        long age = view.now() - view.shownAt(notice);
        boolean present = !view.isLive() || age < Trouble.PRESENT_MILLIS;
        String perhaps = notice.certainty() == SelfDeadlock.Certainty.SUSPECTED ? " perhaps" : "";
        String waits = perhaps + (present ? " waits for itself" : " waited for itself " + Texts.ago(age));
        return new Trouble(
                present ? Level.BAD : Level.WARN,
                present ? "A loop waits for itself" : "A loop waited for itself",
                Double.MAX_VALUE,
                notice.threadName() + waits + at,
                List.of(new Link("loop", notice.threadName())));
    }

    static List<Trouble> shortCalls(View view) {
        List<SiteHistory> sites = view.findingsOfRange();
        if (sites.isEmpty()) {
            return List.of();
        }
        sites.sort(
                Comparator.comparingLong((SiteHistory site) -> -site.durations().total()));
        SiteHistory worst = sites.get(0);
        String text = CountText.of(worst.durations().count(), "blocking call", "blocking calls") + " of "
                + worst.last().api() + " at " + Frames.brief(worst.last().site()) + " on "
                + Texts.shortGroup(worst.last().loopGroup()) + ", the longest "
                + DurationText.of(worst.durations().max())
                + (sites.size() > 1
                        ? "; " + CountText.of(sites.size() - 1, "more site blocks", "more sites block")
                        : "");
        return List.of(new Trouble(
                Level.WARN, "Calls block loops", 0, text, List.of(new Link("finding", worst.fingerprint()))));
    }
}
