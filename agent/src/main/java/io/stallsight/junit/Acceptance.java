package io.stallsight.junit;

import io.stallsight.api.Finding;

/**
 * Findings for which no test fails: they are allowed by a rule, written to the console, or known from the baseline.
 * Thread-safe; may be called on threads that must not wait.
 */
final class Acceptance {

    private final AllowList allowList;
    private final Baseline baseline;
    private final boolean ignoresConsole;

    Acceptance(SuiteSettings settings, AllowList allowList, Baseline baseline) {
        this.allowList = allowList;
        this.baseline = baseline;
        this.ignoresConsole = settings.text(SuiteSettings.Key.CONSOLE).equals("ignore");
    }

    /** Whether a rule of the suite or of the test allows the finding. */
    boolean isAllowed(Finding finding, Checks checks) {
        return finding.type() == Finding.Type.BLOCKING_CALL && ignoresConsole && Console.isWrite(finding)
                || allowList.allows(finding, checks.allowed());
    }

    /** Whether the baseline has the finding; it is remembered there as one that the test causes. */
    boolean isKnown(Finding finding, Scope scope) {
        return baseline.knows(finding, scope.baselineName());
    }
}
