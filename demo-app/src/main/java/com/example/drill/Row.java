package com.example.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The result of one mode.
 *
 * @param flagged reported calls at the marked line of the mode
 * @param stray reported calls at other lines while the wrong endpoint was driven
 * @param unclean reported calls while the twin was driven
 */
record Row(Mode mode, Phase wrong, Phase right, List<Finding> flagged, List<Finding> stray, List<Finding> unclean) {

    static Row of(Mode mode, Phase wrong, Phase right, List<Finding> calls, Marks marks) {
        List<Finding> flagged = new ArrayList<>();
        List<Finding> stray = new ArrayList<>();
        List<Finding> unclean = new ArrayList<>();
        Mode.SeenBy expected = mode.seenBy();
        for (Finding call : calls) {
            Optional<String> marked = call.parsedSite().flatMap(marks::modeAt);
            boolean during = wrong.contains(call.start()) && !right.contains(call.start());
            if (call.type() != Finding.Type.BLOCKING_CALL) {
                if (call.type() == expected.type()) {
                    boolean isAtTheLine = !mode.isMarked()
                            || marked.filter(mode.name()::equals).isPresent();
                    if (during && expected.isCause(call.cause()) && expected.isSite(call.site()) && isAtTheLine) {
                        flagged.add(call);
                    } else if (right.contains(call.start()) && expected.isOfTwin(call.cause()) && isBlamed(call)) {
                        unclean.add(call);
                    }
                }
            } else if (marked.isPresent()) {
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

    /** Returns whether the report blames code of the shop. A collection can happen at any time and blames none. */
    private static boolean isBlamed(Finding call) {
        return call.type() != Finding.Type.STALL || !call.site().isEmpty();
    }

    /** The expected report, with the longest duration among the reports of the mode. */
    Optional<Finding> headline() {
        Optional<Finding> longest = longest();
        return flagged.stream()
                .filter(finding -> finding.type() == mode.seenBy().type())
                .max(Comparator.comparing(Finding::duration))
                .map(finding -> finding.lasting(longest.orElse(finding).duration()));
    }

    private Optional<Finding> longest() {
        return flagged.stream().max(Comparator.comparing(Finding::duration));
    }

    /** Returns whether Stallsight reported the line, if the mode requires that. */
    boolean isSeen() {
        return !mode.isRequired() || isNotImplemented() || headline().isPresent();
    }

    boolean isTwinClean() {
        return unclean.isEmpty();
    }

    /** Returns the statuses of wrong answers. */
    Set<Integer> wrongStatuses() {
        Set<Integer> statuses = new TreeSet<>(wrong.statuses().keySet());
        statuses.addAll(right.statuses().keySet());
        statuses.removeAll(mode.statuses());
        return statuses;
    }

    /** Returns whether the Java version of the service lacks what the mode needs. */
    boolean isNotImplemented() {
        return wrong.statuses().containsKey(501);
    }

    boolean isGood() {
        return isSeen() && isTwinClean() && wrongStatuses().isEmpty();
    }
}
