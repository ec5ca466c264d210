package io.stallsight.engine.picture;

import io.stallsight.engine.fact.HookStatus;
import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one line that a person needs who has just been paged: which loops are late or which pool is full, by how much,
 * the cause, and how much waits. Of several troubles the one with the most harm comes first.
 *
 * @param label the kind of the worst trouble, in three words
 * @param more further lines, worst first
 * @param links the loops, findings, stalls and pools that the text names
 * @param moreLinks the same for each of the further lines
 */
public record Verdict(
        Level level, String label, String text, List<String> more, List<Link> links, List<List<Link>> moreLinks) {

    /** How bad it is. */
    public enum Level {
        OK,
        /** Nothing was observed that could be well or not. */
        UNKNOWN,
        /** Something blocks, but nobody waits long; or it is over. */
        WARN,
        BAD;

        /** As JSON has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something of the picture.
     *
     * @param to loop, finding, stall, pool; without an id a section of the page: notices, health
     */
    public record Link(String to, String id) {
        static Link toSection(String name) {
            return new Link(name, "");
        }
    }

    private static final String UNKNOWN_LABEL = "Not known";
    private static final int MAX_MORE = 6;

    static Verdict of(View view) {
        List<Trouble> troubles = new ArrayList<>(LateLoops.troubles(view));
        troubles.addAll(OtherTroubles.pools(view));
        troubles.addAll(OtherTroubles.notices(view));
        if (troubles.stream().noneMatch(trouble -> trouble.level() == Level.BAD)) {
            troubles.addAll(OtherTroubles.shortCalls(view));
        }
        troubles.sort(Trouble.WORST_FIRST);
        List<String> more = new ArrayList<>();
        List<List<Link>> moreLinks = new ArrayList<>();
        troubles.stream().skip(1).limit(MAX_MORE).forEach(trouble -> {
            more.add(trouble.text());
            moreLinks.add(trouble.links());
        });
        List<HookStatus> holes =
                view.hooks().stream().filter(HookStatus::isHole).toList();
        if (!holes.isEmpty()) {
            more.add(holes(holes));
            moreLinks.add(List.of(Link.toSection("health")));
        }
        if (troubles.isEmpty()) {
            return withoutTrouble(view, more, moreLinks);
        }
        Trouble worst = troubles.get(0);
        boolean isOver = worst.level() == Level.WARN && view.isLive() && allLoopsAreFree(view);
        String text = isOver ? worst.text() + ". All loops are free now" : worst.text();
        return new Verdict(worst.level(), worst.label(), text, more, worst.links(), moreLinks);
    }

    private static String holes(List<HookStatus> holes) {
        return holes.size() == 1
                ? "not seen on this JVM: " + holes.get(0).hook() + "; "
                        + holes.get(0).problem()
                : holes.size() + " hooks did not take on this JVM: what they would see is not seen";
    }

    private static Verdict withoutTrouble(View view, List<String> more, List<List<Link>> moreLinks) {
        List<LoopHistory> loops = view.loopsOfRange();
        if (loops.isEmpty()) {
            return new Verdict(Level.UNKNOWN, UNKNOWN_LABEL, "no event loop has been seen", more, List.of(), moreLinks);
        }
        double worst = -1;
        for (LoopHistory loop : loops) {
            worst = Math.max(worst, view.range().max(loop.lagP99, view.range().firstOfAll()));
        }
        if (worst < 0) {
            String text = CountText.of(loops.size(), "event loop", "event loops") + ", whose lag was not measured";
            return new Verdict(Level.UNKNOWN, UNKNOWN_LABEL, text, more, List.of(), moreLinks);
        }
        String text = (loops.size() == 1 ? "the loop is free" : "all " + loops.size() + " loops are free")
                + ": p99 at most " + DurationText.of(Math.round(worst));
        return new Verdict(Level.OK, "All is well", text, more, List.of(), moreLinks);
    }

    /** False as well if no loop was seen, or if nothing is known of one. */
    private static boolean allLoopsAreFree(View view) {
        List<LoopHistory> loops = view.loopsOfRange();
        for (LoopHistory loop : loops) {
            LoopState state = LoopState.of(view, loop);
            if (state != LoopState.FREE && state != LoopState.GONE) {
                return false;
            }
        }
        return !loops.isEmpty();
    }
}
