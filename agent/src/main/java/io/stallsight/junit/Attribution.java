package io.stallsight.junit;

import io.stallsight.api.AgentLink;
import io.stallsight.api.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose a finding is. By the context of the thread that blocked, which work carries from thread to thread, it
 * is a test's, or that of a class, or nobody's. What is a class's, or nobody's, is a test's if that was the only one
 * that ran there while the call lasted; else it stays where it is, since pinning it on a test could hit an innocent
 * one.
 *
 * <p>Findings come on threads that must not wait, so they are only put into a queue; they are looked at before each
 * change of what runs.
 */
final class Attribution {

    private record Told(Finding finding, long start) {}

    /**
     * What is no running test's.
     *
     * @param endedTest the test that caused it and had ended before, null if nobody knows who did
     */
    record Unattributed(Finding finding, @Nullable String endedTest) {}

    private final Queue<Told> inbox = new ConcurrentLinkedQueue<>();
    private final Map<Long, Scope> open = new ConcurrentHashMap<>();
    private final Map<Long, String> ended = new HashMap<>();
    private final List<Unattributed> unattributed = new ArrayList<>();
    private long lastEnd = System.nanoTime();

    /** On any thread, at once. */
    void tell(Finding finding) {
        if (!AgentLink.isCollected(finding)) {
            inbox.add(new Told(finding, System.nanoTime() - finding.duration().toNanos()));
        }
    }

    synchronized void begin(Scope scope) {
        sort();
        open.put(scope.context, scope);
    }

    /** Ends it; what was found for it is in it. */
    synchronized void end(Scope scope) {
        sort();
        boolean test = isInnermost(scope);
        open.remove(scope.context);
        ended.put(scope.context, scope.name);
        if (test) {
            long now = System.nanoTime();
            lastEnd = now;
            for (Scope each = scope.parent; each != null; each = each.parent) {
                each.lastEnd = now;
            }
        }
    }

    /** Has what was told so far looked at. */
    synchronized void sort() {
        for (Told told = inbox.poll(); told != null; told = inbox.poll()) {
            long context = told.finding.context();
            Scope scope = open.get(context);
            if (scope == null && context != 0) {
                unattributed.add(new Unattributed(told.finding, ended.get(context)));
                continue;
            }
            Scope only = onlyTest(scope, told.start);
            if (only != null) {
                only.add(told.finding);
            } else if (scope != null) {
                scope.add(told.finding);
            } else {
                unattributed.add(new Unattributed(told.finding, null));
            }
        }
    }

    /** The scope of a context, for who must not wait. */
    @Nullable
    Scope scope(long context) {
        return open.get(context);
    }

    /** The one test that runs, for who must not wait; null if there is none or there are several. */
    @Nullable
    Scope onlyTest() {
        return onlyTest(null, System.nanoTime());
    }

    /** The only test within {@code scope} (anywhere, if null) since {@code start}. */
    private @Nullable Scope onlyTest(@Nullable Scope scope, long start) {
        Scope only = null;
        for (Scope each : open.values()) {
            if (each.isWithin(scope) && isInnermost(each)) {
                if (only != null) {
                    return null;
                }
                only = each;
            }
        }
        if (only == null || only == scope) {
            return only;
        }
        long others = scope == null ? lastEnd : scope.lastEnd;
        return only.begin - start <= 0 && others - start <= 0 ? only : null;
    }

    private boolean isInnermost(Scope scope) {
        for (Scope each : open.values()) {
            if (each.parent == scope) {
                return false;
            }
        }
        return true;
    }

    /** What has come since the last {@link #takeUnattributed} and is no test's. */
    synchronized List<Unattributed> unattributed() {
        sort();
        return List.copyOf(unattributed);
    }

    /** The same; forgotten here. */
    synchronized List<Unattributed> takeUnattributed() {
        sort();
        List<Unattributed> taken = new ArrayList<>(unattributed);
        unattributed.clear();
        return taken;
    }
}
