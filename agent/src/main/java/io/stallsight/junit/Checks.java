package io.stallsight.junit;

import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import io.stallsight.api.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The findings that make one test fail.
 *
 * @param blocking null if no blocking call makes it fail
 * @param stalls null if no stall makes it fail
 * @param annotated whether an annotation asks for the checks: such a test must not pass without the agent
 * @param allowed the allow rules of the test, its classes and its package
 */
record Checks(@Nullable Blocking blocking, @Nullable Stalls stalls, boolean annotated, List<AllowList.Entry> allowed) {

    static final Checks NONE = new Checks(null, null, false, List.of());

    private static final Set<String> NOBODYS_FAULT = Set.of("GC_PAUSE", "SAFEPOINT", "NOT_SCHEDULED", "UNKNOWN");

    /**
     * See {@link FailOnBlocking}; no kinds and no threads mean all.
     *
     * @param always patterns of threads that must not block in any test
     */
    record Blocking(
            Duration threshold, Set<Kind> kinds, List<String> threads, List<String> always, FailOnBlocking.When when) {

        boolean counts(Finding finding) {
            boolean onThread = threads.isEmpty()
                    ? !finding.requested() || always.stream().anyMatch(finding::isOnThread)
                    : threads.stream().anyMatch(finding::isOnThread);
            return onThread && (kinds.isEmpty() || finding.kind() != null && kinds.contains(finding.kind()));
        }
    }

    /** See {@link FailOnStall}. */
    record Stalls(Duration threshold, boolean pools) {}

    /**
     * Whether the finding belongs into a summary of the test. While a JVM warms up, the first requests make loops late
     * in nearly every suite. So only a test that checks stalls shows them. A call that is shorter than the threshold of
     * the test is accepted.
     */
    boolean concerns(Finding finding) {
        return switch (finding.type()) {
            case STALL, POOL_EXHAUSTED -> stalls != null;
            case BLOCKING_CALL ->
                blocking == null
                        || finding.state() == Finding.State.REFUSED
                        || finding.duration().compareTo(blocking.threshold) >= 0;
            case SELF_DEADLOCK -> true;
        };
    }

    /** Whether the agent is to refuse the call, if nothing accepts it. */
    boolean refuses(Finding finding) {
        return blocking != null && blocking.when() == FailOnBlocking.When.CALL && blocking.counts(finding);
    }

    /** Those of {@code findings} for which the test fails if nothing accepts them. */
    Findings failing(Findings findings) {
        Findings failing = findings.matching(this::isFailing);
        return failing.blockingCalls().isEmpty()
                ? failing
                : failing.matching(finding -> !finding.what().startsWith("BLOCKING_CALL")); // the call itself is there
    }

    private boolean isFailing(Finding finding) {
        return switch (finding.type()) {
            case BLOCKING_CALL ->
                blocking != null
                        && blocking.counts(finding)
                        && (finding.state() == Finding.State.REFUSED
                                || finding.duration().compareTo(blocking.threshold) >= 0);
            case SELF_DEADLOCK -> blocking != null || stalls != null;
            case POOL_EXHAUSTED -> stalls != null && stalls.pools;
            case STALL ->
                stalls != null
                        && finding.own().compareTo(stalls.threshold) >= 0
                        && !NOBODYS_FAULT.contains(finding.what());
        };
    }
}
