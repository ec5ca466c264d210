package io.stallsight.engine.picture;

import io.stallsight.engine.fact.HookStatus;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one line that a person needs who has just been paged: which loops are late or which pool is full, by how much,
 * the cause, and how many requests wait. Of several troubles the one with the most harm comes first.
 *
 * @param more further lines, worst first
 * @param links the loops, findings, stalls and pools that the text names
 */
public record Verdict(Level level, String text, List<String> more, List<Link> links) {

    /** How bad it is. */
    public enum Level {
        OK,
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
     * @param to loop, finding, stall, pool
     */
    public record Link(String to, String id) {}

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
        troubles.stream().skip(1).limit(MAX_MORE).forEach(trouble -> more.add(trouble.text()));
        List<HookStatus> holes =
                view.hooks().stream().filter(HookStatus::isHole).toList();
        if (!holes.isEmpty()) {
            more.add(holes(holes));
        }
        if (troubles.isEmpty()) {
            return new Verdict(Level.OK, allIsWell(view), more, List.of());
        }
        Trouble worst = troubles.get(0);
        boolean isOver = worst.level() == Level.WARN && view.isLive() && allLoopsAreFree(view);
        String text = isOver ? worst.text() + ". All loops are free now" : worst.text();
        return new Verdict(worst.level(), text, more, worst.links());
    }

    private static String holes(List<HookStatus> holes) {
        return holes.size() == 1
                ? "not seen on this JVM: " + holes.get(0).hook() + "; "
                        + holes.get(0).problem()
                : holes.size() + " hooks did not take on this JVM: what they would see is not seen";
    }

    private static String allIsWell(View view) {
        List<LoopHistory> loops = view.loopsOfRange();
        if (loops.isEmpty()) {
            return "no event loop has been seen";
        }
        double worst = 0;
        for (LoopHistory loop : loops) {
            worst = Math.max(worst, view.range().max(loop.lagP99, view.range().firstOfAll()));
        }
        return (loops.size() == 1 ? "the loop is free" : "all " + loops.size() + " loops are free") + ": p99 at most "
                + DurationText.of(Math.round(worst));
    }

    /** False as well where no loop was seen. */
    private static boolean allLoopsAreFree(View view) {
        List<LoopHistory> loops = view.loopsOfRange();
        for (LoopHistory loop : loops) {
            LoopState state = LoopState.of(view, loop);
            if (state == LoopState.LATE || state == LoopState.STUCK) {
                return false;
            }
        }
        return !loops.isEmpty();
    }
}
