package io.stallsight.junit;

import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is told at the end: findings by site, what is no test's, rules that matched nothing. Thread-safe. */
final class Summary {

    /** Tests that are named for a site. */
    private static final int TESTS = 3;

    private static final class Site {
        private Finding longest;
        private int count;
        private boolean failed;
        private final Set<String> tests = new LinkedHashSet<>();

        Site(Finding first) {
            longest = first;
        }
    }

    private final AllowList allowList;
    private final Map<String, Site> sites = new LinkedHashMap<>();

    Summary(AllowList allowList) {
        this.allowList = allowList;
    }

    /** @param failing those of {@code told} for which the test failed */
    synchronized void add(String test, Findings told, Findings failing) {
        for (Finding finding : told) {
            Site site = sites.computeIfAbsent(finding.fingerprint(), any -> new Site(finding));
            site.count++;
            site.tests.add(test);
            site.failed |= failing.contains(finding);
            if (finding.duration().compareTo(site.longest.duration()) > 0) {
                site.longest = finding;
            }
        }
    }

    /**
     * Prints what was added since the last time.
     *
     * @param allowOptions the agent's own rules, with how often each decided
     * @param more lines to print too
     */
    synchronized void print(
            PrintStream out,
            List<Attribution.Unattributed> unattributed,
            Map<String, Long> allowOptions,
            List<String> more) {
        List<String> lines = new ArrayList<>();
        List<Site> ordered = new ArrayList<>(sites.values());
        ordered.sort(
                Comparator.comparing((Site site) -> site.longest.duration()).reversed());
        for (Site site : ordered) {
            List<String> tests = new ArrayList<>(site.tests);
            lines.add("  " + site.longest.headline());
            lines.add("      " + (site.failed ? "failed " : "in ")
                    + String.join(", ", tests.subList(0, Math.min(TESTS, tests.size())))
                    + (tests.size() > TESTS ? " and " + (tests.size() - TESTS) + " more" : "")
                    + (site.count > 1 ? "; " + site.count + " times, this is the longest" : ""));
        }
        sites.clear();
        if (!unattributed.isEmpty()) {
            lines.add("  of no single test:");
            Map<String, List<Attribution.Unattributed>> groups = new LinkedHashMap<>();
            for (Attribution.Unattributed each : unattributed) {
                groups.computeIfAbsent(each.finding().fingerprint() + each.endedTest(), any -> new ArrayList<>())
                        .add(each);
            }
            for (List<Attribution.Unattributed> group : groups.values()) {
                Attribution.Unattributed first = group.get(0);
                lines.add("  " + first.finding().headline());
                lines.add("      "
                        + (first.endedTest() == null
                                ? "while several tests ran, or none"
                                : "caused by " + first.endedTest() + ", after its end")
                        + (group.size() > 1 ? "; " + group.size() + " times" : ""));
            }
        }
        List<String> unused = new ArrayList<>(allowList.unused());
        allowOptions.forEach((rule, hits) -> {
            if (hits == 0) {
                unused.add(rule + " (option allow)");
            }
        });
        for (String rule : unused) {
            lines.add("  allow rule that matched nothing: " + rule);
        }
        more.forEach(line -> lines.add("  " + line));
        if (!lines.isEmpty()) {
            out.println("[stallsight] what was found in these tests:\n" + String.join("\n", lines));
        }
    }
}
