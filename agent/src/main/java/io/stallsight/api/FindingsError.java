package io.stallsight.api;

/** A test failed because of findings. The message has all of them; the stack trace is that of the first. */
public final class FindingsError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient Findings findings;

    /** @param headline the first line of the message: the expectation that was not met */
    public FindingsError(String headline, Findings findings) {
        super(headline + "\n\n" + findings.describe() + "\n", null);
        this.findings = findings;
        if (!findings.isEmpty()) {
            setStackTrace(FindingText.cut(findings.get(0)).toArray(new StackTraceElement[0]));
        }
    }

    public Findings findings() {
        return findings;
    }
}
