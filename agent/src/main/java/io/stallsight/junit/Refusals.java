package io.stallsight.junit;

import io.stallsight.api.AgentLink;
import io.stallsight.api.BlockingCallError;
import io.stallsight.api.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses blocking calls of tests that are to fail at the call ({@link FailOnBlocking.When#CALL}): an error is thrown
 * instead of the call. Remembers these errors, so that a test that failed by one does not fail for it once more.
 * Thread-safe; calls are judged on the threads that make them.
 */
final class Refusals {

    private final Attribution attribution;
    private final Acceptance acceptance;
    private final Map<Throwable, Finding> errors = Collections.synchronizedMap(new IdentityHashMap<>());
    private boolean active;

    Refusals(Attribution attribution, Acceptance acceptance) {
        this.attribution = attribution;
        this.acceptance = acceptance;
    }

    /** From here on the agent asks before each blocking call. */
    synchronized void activate(AgentLink agent) {
        if (!active) {
            active = true;
            agent.refuse(this::refuse);
        }
    }

    private @Nullable Throwable refuse(Finding finding) {
        Scope scope = finding.context() == 0 ? attribution.onlyTest() : attribution.scope(finding.context());
        if (scope == null
                || !scope.checks.refuses(finding)
                || acceptance.isAllowed(finding, scope.checks)
                || acceptance.isKnown(finding, scope)) {
            return null;
        }
        BlockingCallError error = new BlockingCallError(
                Objects.requireNonNull(finding.kind()),
                finding.what(),
                "blocking call refused in " + scope.name + "\n\n" + finding.describe() + "\n");
        error.setStackTrace(finding.stack().toArray(new StackTraceElement[0]));
        errors.put(error, finding);
        attribution.receive(finding);
        return error;
    }

    /**
     * Whether the failure is the error that was thrown instead of this call, or has it as a cause or a suppressed one.
     */
    boolean isSeenIn(@Nullable Throwable failure, Finding finding) {
        if (finding.state() != Finding.State.REFUSED) {
            return false;
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<@Nullable Throwable> next = new ArrayList<>();
        next.add(failure);
        while (!next.isEmpty()) {
            Throwable each = next.remove(next.size() - 1);
            if (each != null && seen.add(each)) {
                if (finding.equals(errors.get(each))) {
                    return true;
                }
                next.add(each.getCause());
                next.addAll(List.of(each.getSuppressed()));
            }
        }
        return false;
    }
}
