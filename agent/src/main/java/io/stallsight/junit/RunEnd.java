package io.stallsight.junit;

import io.stallsight.api.AgentLink;
import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import io.stallsight.api.FindingsError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The end of a run: what fails the run as a whole, and the summary. */
final class RunEnd {

    private final SuiteSettings settings;
    private final AllowList allowList;
    private final Baseline baseline;
    private final Acceptance acceptance;
    private final Attribution attribution;
    private final Summary summary;
    private final AgentAccess agent;

    RunEnd(
            SuiteSettings settings,
            AllowList allowList,
            Baseline baseline,
            Acceptance acceptance,
            Attribution attribution,
            Summary summary,
            AgentAccess agent) {
        this.settings = settings;
        this.allowList = allowList;
        this.baseline = baseline;
        this.acceptance = acceptance;
        this.attribution = attribution;
        this.summary = summary;
        this.agent = agent;
    }

    /** @throws AssertionError if the run as a whole has to fail */
    void judge() {
        AgentLink link = agent.link();
        if (link != null && fails(SuiteSettings.Key.SUITE)) {
            link.flush(settings.duration(SuiteSettings.Key.PATIENCE));
            Findings left = new Findings(attribution.unattributed().stream()
                    .map(Attribution.Unattributed::finding)
                    .filter(finding -> finding.type() != Finding.Type.STALL && !isAllowed(finding))
                    .toList());
            if (!left.isEmpty()) {
                throw new FindingsError("blocking that is no single test's:", left);
            }
        }
        if (fails(SuiteSettings.Key.STALE_RULES) && !allowList.unused().isEmpty()) {
            throw new AssertionError("allow rules that matched nothing, so they are not needed any more:\n    "
                    + String.join("\n    ", allowList.unused()));
        }
        List<String> stale = baseline.stale();
        if (!stale.isEmpty()) {
            throw new AssertionError("mended, but still in the baseline (a run without "
                    + SuiteSettings.Key.BASELINE.property() + "=strict removes it):\n    "
                    + String.join("\n    ", stale));
        }
    }

    private boolean fails(SuiteSettings.Key key) {
        return settings.word(key, SuiteSettings.Verdict.class) == SuiteSettings.Verdict.FAIL;
    }

    /** No test caused it, so only rules of the whole suite can allow it. */
    private boolean isAllowed(Finding finding) {
        return acceptance.isAllowed(finding, Checks.NONE);
    }

    /**
     * Saves the baseline and prints the summary.
     *
     * @param checking whether any test was to fail for its findings
     * @param concerned whether the tests of the run check findings of this type
     */
    void report(boolean checking, Predicate<Finding> concerned) {
        AgentLink link = agent.link();
        if (link == null) {
            return;
        }
        link.flush(settings.duration(SuiteSettings.Key.PATIENCE));
        List<Attribution.Unattributed> left = attribution.takeUnattributed().stream()
                .filter(each -> concerned.test(each.finding()) && !isAllowed(each.finding()))
                .toList();
        List<String> changes = new ArrayList<>();
        try {
            changes.addAll(baseline.save());
        } catch (IOException e) {
            changes.add("the baseline cannot be written: " + e.getMessage());
        }
        summary.print(System.out, left, checking, link.allowOptions(), changes);
    }
}
