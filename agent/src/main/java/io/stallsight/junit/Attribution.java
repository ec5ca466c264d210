package io.stallsight.junit;

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
 * Attributes findings to tests.
 *
 * <p>The agent gives each finding the context of the thread that blocked; work carries its context from thread to
 * thread. A context belongs to a test or to a class, and 0 is unknown. A finding of a class, or of an unknown context,
 * is attributed to a test only if no other test could have caused it: exactly one test ran there, and no other had
 * ended since the call began. Any other choice could hit an innocent test, so such a finding stays with the class, or
 * with nobody.
 *
 * <p>Findings arrive on threads that must not wait. {@link #receive} therefore only puts them into a queue, and the
 * queue is emptied before the set of open scopes changes: each finding is compared with the scopes that were open when
 * it arrived. Thread-safe.
 */
final class Attribution {

    /** @param start {@link System#nanoTime()} at which the call began */
    private record Received(Finding finding, long start) {}

    /**
     * A finding that belongs to no running test.
     *
     * @param endedTest the test that caused it and had ended before; null if the cause is unknown
     */
    record Unattributed(Finding finding, @Nullable String endedTest) {}

    private final Queue<Received> inbox = new ConcurrentLinkedQueue<>();
    private final Map<Long, Scope> open = new ConcurrentHashMap<>();
    private final Map<Long, String> ended = new HashMap<>();
    private final List<Unattributed> unattributed = new ArrayList<>();

    /** {@link System#nanoTime()} at which the last test ended. */
    private long lastEnd = System.nanoTime();

    /** Takes a finding, on any thread, without waiting. */
    void receive(Finding finding) {
        inbox.add(new Received(finding, System.nanoTime() - finding.duration().toNanos()));
    }

    synchronized void begin(Scope scope) {
        attribute();
        open.put(scope.context, scope);
    }

    /** Ends the scope; from here on it has all of its findings. */
    synchronized void end(Scope scope) {
        attribute();
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

    private void attribute() {
        for (Received next = inbox.poll(); next != null; next = inbox.poll()) {
            long context = next.finding.context();
            Scope scope = open.get(context);
            if (scope == null && context != 0) {
                unattributed.add(new Unattributed(next.finding, ended.get(context)));
                continue;
            }
            Scope only = onlyTest(scope, next.start);
            if (only != null) {
                only.add(next.finding);
            } else if (scope != null) {
                scope.add(next.finding);
            } else {
                unattributed.add(new Unattributed(next.finding, null));
            }
        }
    }

    /** The open scope of a context; null if there is none. Non-blocking. */
    @Nullable
    Scope scope(long context) {
        return open.get(context);
    }

    /** The only test that runs; null if none or several do. Non-blocking. */
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

    /** The unattributed findings since the last {@link #takeUnattributed}. */
    synchronized List<Unattributed> unattributed() {
        attribute();
        return List.copyOf(unattributed);
    }

    /** The same; they are forgotten here. */
    synchronized List<Unattributed> takeUnattributed() {
        attribute();
        List<Unattributed> taken = new ArrayList<>(unattributed);
        unattributed.clear();
        return taken;
    }
}
