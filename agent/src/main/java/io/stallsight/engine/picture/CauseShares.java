package io.stallsight.engine.picture;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Stall;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the time of several stalls divides among the causes, and which sites have most of the leading cause.
 *
 * <p>The split of each stall counts, not only its main cause: ten stalls that each waited a little for a CPU waited for
 * it long. First the party that had most of the time is decided: code on the loop, nobody, or unknown. Of that party
 * the largest cause leads, and its sites follow. So a cause without a site never wins against code only because the
 * time of the code divides among many sites.
 */
final class CauseShares {

    /** A share of less is not worth naming. */
    private static final double WORTH_NAMING = 0.1;

    /** A share from which on it is all. */
    private static final double ALL = 0.995;

    /** The share of a cause from which on one site stands for it. */
    private static final double ONE_SITE = 0.9;

    /** The share of nobody's time from which on no code is to blame. */
    private static final double NEARLY_ALL = 0.9;

    private static final int MAX_SITES = 2;
    private static final int MAX_OTHER_CAUSES = 2;

    /** Where the time of a cause went. */
    private record Place(
            Cause cause, @Nullable String api, @Nullable StackTraceElement site) {}

    private static final class Sum {
        long nanos;
        Stall last;

        Sum(Stall first) {
            last = first;
        }

        void add(Stall stall) {
            nanos += stall.part(stall.cause());
            last = stall;
        }
    }

    private final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    private final Map<Place, Sum> places = new HashMap<>();
    private long total;

    void add(Stall stall) {
        stall.split().forEach((cause, nanos) -> {
            causes.merge(cause, nanos, Long::sum);
            total += nanos;
        });
        places.computeIfAbsent(new Place(stall.cause(), stall.api(), stall.site()), place -> new Sum(stall))
                .add(stall);
    }

    /** A stall of the leading cause, at its largest site; null if no stall has that as its main cause. */
    @Nullable
    Stall example() {
        List<Sum> sites = sitesOf(leading());
        return sites.isEmpty() ? null : sites.get(0).last;
    }

    /**
     * {@code 92 % of it is PreparedStatement.executeQuery at OrderRepository.find:57}, or {@code 61 % of it is blocking
     * calls, most in ... (40 %) and ... (15 %); 27 % is waiting for a CPU}.
     */
    String sentence() {
        Cause leading = leading();
        StringBuilder text = new StringBuilder();
        double share = share(leading);
        text.append(share > ALL ? "All of it is " : percent(share) + " of it is ")
                .append(whatAndWhere(leading));
        causes.keySet().stream()
                .filter(cause -> cause != leading && share(cause) >= WORTH_NAMING)
                .sorted(Comparator.comparingDouble((Cause cause) -> -share(cause)))
                .limit(MAX_OTHER_CAUSES)
                .forEach(cause -> text.append("; ")
                        .append(percent(share(cause)))
                        .append(" is ")
                        .append(cause.kind()));
        if (nobodysShare() >= NEARLY_ALL) {
            text.append("; no code on the loop is to blame");
        }
        return text.toString();
    }

    private double nobodysShare() {
        return share(Cause::isNobodys);
    }

    private Cause leading() {
        double nobodys = nobodysShare();
        double codes = share(Cause::hasSite);
        double unknown = share(Cause.UNKNOWN);
        if (unknown > nobodys && unknown > codes) {
            return Cause.UNKNOWN;
        }
        boolean ofCode = codes >= nobodys;
        return causes.keySet().stream()
                .filter(cause -> ofCode ? cause.hasSite() : cause.isNobodys())
                .max(Comparator.comparingDouble(this::share))
                .orElse(Cause.UNKNOWN);
    }

    private double share(Cause cause) {
        return total == 0 ? 0 : (double) causes.getOrDefault(cause, 0L) / total;
    }

    private double share(Predicate<Cause> of) {
        return causes.keySet().stream().filter(of).mapToDouble(this::share).sum();
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    private String whatAndWhere(Cause cause) {
        List<Sum> sites =
                sitesOf(cause).stream().filter(sum -> sum.last.site() != null).toList();
        if (sites.isEmpty()) {
            return cause.kind();
        }
        Sum first = sites.get(0);
        if (first.nanos >= ONE_SITE * causes.getOrDefault(cause, 0L)) {
            return whatAndWhere(first.last);
        }
        List<String> named = new ArrayList<>();
        for (Sum site : sites.subList(0, Math.min(MAX_SITES, sites.size()))) {
            named.add(whatAndWhere(site.last) + " (" + percent((double) site.nanos / total) + ")");
        }
        return cause.kind() + ", most in " + String.join(" and ", named);
    }

    /** The places of a cause, the largest first; empty if no stall has it as its main cause. */
    private List<Sum> sitesOf(Cause cause) {
        return places.entrySet().stream()
                .filter(place -> place.getKey().cause() == cause)
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingLong((Sum sum) -> -sum.nanos))
                .toList();
    }

    private static String whatAndWhere(Stall stall) {
        StringBuilder text = new StringBuilder(stall.what());
        if (stall.site() != null) {
            text.append(" at ").append(Frames.brief(stall.site()));
        }
        if (stall.cause() == Cause.LOCK && stall.owner() != null) {
            text.append(" that ").append(stall.owner()).append(" holds");
            if (stall.ownerSite() != null) {
                text.append(" in ").append(Frames.brief(stall.ownerSite()));
            }
        }
        return text.toString();
    }
}
