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

/** The summary of a run: findings by site, findings that belong to no test, rules that matched nothing. Thread-safe. */
final class Summary {

    /** Of the tests that caused a finding, this many are named. */
    private static final int MAX_NAMES = 3;

    /** Without the set-up all tests are green; this line says that they prove nothing. */
    private static final String UNCHECKED = """
              no test failed for this, since none is checked. Put @FailOnBlocking on tests of JUnit Jupiter, or have all of them checked:
                  junit.jupiter.extensions.autodetection.enabled=true in src/test/resources/junit-platform.properties
            """.stripTrailing();

    private static final class Site {
        private Finding longest;
        private int count;
        private final Set<String> failed = new LinkedHashSet<>();
        private final Set<String> passed = new LinkedHashSet<>();

        Site(Finding first) {
            longest = first;
        }
    }

    private final AllowList allowList;
    private final Map<String, Site> sites = new LinkedHashMap<>();

    Summary(AllowList allowList) {
        this.allowList = allowList;
    }

    /** @param failing those of {@code found} for which the test failed */
    synchronized void add(String test, Findings found, Findings failing) {
        for (Finding finding : found) {
            Site site = sites.computeIfAbsent(finding.fingerprint(), any -> new Site(finding));
            site.count++;
            if (failing.contains(finding)) {
                site.failed.add(test);
                site.passed.remove(test);
            } else if (!site.failed.contains(test)) {
                site.passed.add(test);
            }
            if (finding.duration().compareTo(site.longest.duration()) > 0) {
                site.longest = finding;
            }
        }
    }

    private static String names(Set<String> tests) {
        List<String> names = new ArrayList<>(tests);
        return String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())))
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }

    /**
     * Prints the findings since the last time.
     *
     * @param checking whether any test was to fail for its findings
     * @param allowOptions the agent's own rules, and how often each decided
     * @param more lines to print too
     */
    synchronized void print(
            PrintStream out,
            List<Attribution.Unattributed> unattributed,
            boolean checking,
            Map<String, Long> allowOptions,
            List<String> more) {
        List<String> lines = new ArrayList<>();
        addSites(lines);
        sites.clear();
        if (!unattributed.isEmpty()) {
            addUnattributed(lines, unattributed, checking);
        }
        addUnusedRules(lines, allowOptions);
        more.forEach(line -> lines.add("  " + line));
        if (!lines.isEmpty()) {
            out.println("[stallsight] what was found in these tests:\n" + String.join("\n", lines));
        }
    }

    private void addSites(List<String> lines) {
        List<Site> ordered = new ArrayList<>(sites.values());
        ordered.sort(
                Comparator.comparing((Site site) -> site.longest.duration()).reversed());
        for (Site site : ordered) {
            String passed = site.passed.isEmpty() ? "" : "in " + names(site.passed);
            String failed = site.failed.isEmpty() ? "" : "failed " + names(site.failed);
            lines.add("  " + site.longest.headline());
            lines.add("      " + failed
                    + (failed.isEmpty() || passed.isEmpty() ? "" : "; ")
                    + passed
                    + (site.count > 1 ? "; " + site.count + " times, this is the longest" : ""));
        }
    }

    /** Findings of one site by one cause are one entry. */
    private static void addUnattributed(
            List<String> lines, List<Attribution.Unattributed> unattributed, boolean checking) {
        lines.add(checking ? "  of no single test:" : UNCHECKED);
        Map<String, List<Attribution.Unattributed>> groups = new LinkedHashMap<>();
        for (Attribution.Unattributed each : unattributed) {
            groups.computeIfAbsent(each.finding().fingerprint() + each.endedTest(), any -> new ArrayList<>())
                    .add(each);
        }
        for (List<Attribution.Unattributed> group : groups.values()) {
            Attribution.Unattributed first = group.get(0);
            lines.add("  " + first.finding().headline());
            List<String> notes = new ArrayList<>();
            if (checking) {
                notes.add(
                        first.endedTest() == null
                                ? "while several tests ran, or none"
                                : "caused by " + first.endedTest() + ", after its end");
            }
            if (group.size() > 1) {
                notes.add(group.size() + " times");
            }
            if (!notes.isEmpty()) {
                lines.add("      " + String.join("; ", notes));
            }
        }
    }

    private void addUnusedRules(List<String> lines, Map<String, Long> allowOptions) {
        List<String> unused = new ArrayList<>(allowList.unused());
        allowOptions.forEach((rule, hits) -> {
            if (hits == 0) {
                unused.add(rule + " (option allow)");
            }
        });
        unused.forEach(rule -> lines.add("  allow rule that matched nothing: " + rule));
    }
}
