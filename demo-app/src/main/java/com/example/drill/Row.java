package com.example.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of one mode.
 *
 * @param flagged calls that Stallsight reported at the line that the mode's sources mark
 * @param stray calls that it reported elsewhere while the wrong endpoint was driven
 * @param unclean calls that it reported while the twin was driven
 */
record Row(
        Mode mode,
        Phase wrong,
        Phase right,
        List<BlockingCall> flagged,
        List<BlockingCall> stray,
        List<BlockingCall> unclean) {

    static Row of(Mode mode, Phase wrong, Phase right, List<BlockingCall> calls, Marks marks) {
        List<BlockingCall> flagged = new ArrayList<>();
        List<BlockingCall> stray = new ArrayList<>();
        List<BlockingCall> unclean = new ArrayList<>();
        for (BlockingCall call : calls) {
            Optional<String> marked = call.parsedSite().flatMap(marks::modeAt);
            if (marked.isPresent()) {
                if (marked.get().equals(mode.name())) {
                    flagged.add(call);
                }
            } else if (wrong.contains(call.start())) {
                stray.add(call);
            } else if (right.contains(call.start())) {
                unclean.add(call);
            }
        }
        return new Row(mode, wrong, right, List.copyOf(flagged), List.copyOf(stray), List.copyOf(unclean));
    }

    Optional<BlockingCall> longest() {
        return flagged.stream().max(Comparator.comparing(BlockingCall::duration));
    }

    /** Whether Stallsight named the line, where it can be asked to. */
    boolean isSeen() {
        return !mode.isDemanded() || !flagged.isEmpty();
    }

    boolean isTwinClean() {
        return unclean.isEmpty();
    }

    /** Statuses that are no correct answer. */
    Set<Integer> wrongStatuses() {
        Set<Integer> statuses = new TreeSet<>(wrong.statuses().keySet());
        statuses.addAll(right.statuses().keySet());
        statuses.removeAll(mode.statuses());
        return statuses;
    }

    /** The service cannot do this on its Java version. */
    boolean isNotImplemented() {
        return wrong.statuses().containsKey(501);
    }

    boolean isGood() {
        return isSeen() && isTwinClean() && wrongStatuses().isEmpty();
    }
}
