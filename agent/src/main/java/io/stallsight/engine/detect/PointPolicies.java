package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The policies that decide about each call of the points of type {@code POLICY}. Which policies have a say on a thread
 * is found at the thread's first such call. The thread's state holds a number that stands for them, not the policies
 * themselves: threads outlive the engine and would keep its loader. Thread-safe.
 */
public final class PointPolicies {

    /**
     * A policy that has a say on a thread.
     *
     * @param dynamic whether it has a say at some moments only
     */
    private record Opinion(PointPolicy policy, boolean dynamic) {}

    /** The number of a thread whose policies have not been found yet. */
    private static final int UNDECIDED = 1;

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final CopyOnWriteArrayList<PointPolicy> policies = new CopyOnWriteArrayList<>();

    /** The opinions by number. Threads with the same policies share one. A number is not used again. */
    private final Map<Integer, List<Opinion>> opinions = new ConcurrentHashMap<>();

    private int lastNumber = UNDECIDED;

    PointPolicies(Catalog catalog, ThreadClassifier classifier) {
        this.catalog = catalog;
        this.classifier = classifier;
    }

    /** Adds a policy, which counts once {@link io.stallsight.hook.StallsightAgent#reclassify()} is called. */
    public void add(PointPolicy policy) {
        policies.add(policy);
        classifier.add(policy);
    }

    /** Removes a policy. The threads that it had a say on are to be reclassified. */
    public synchronized void remove(PointPolicy policy) {
        policies.remove(policy);
        classifier.remove(policy);
        opinions.values().removeIf(found -> found.stream().anyMatch(opinion -> opinion.policy.equals(policy)));
    }

    /** The thread was classified: the policies that have a say on it are to be found again. */
    void reconsider(StallsightThread state) {
        state.setPolicies(policies.isEmpty() ? StallsightThread.NO_POLICIES : UNDECIDED);
    }

    /** The error that is thrown instead of a call on the current thread, or null to let the call happen. */
    @Nullable
    Throwable refuse(StallsightThread state, int point) {
        if (state.policies() == UNDECIDED) {
            state.setPolicies(numberOf(state.thread()));
        }
        for (Opinion opinion : opinions.getOrDefault(state.policies(), List.of())) {
            PointPolicy.Decision decision =
                    opinion.policy.decide(catalog.point(point), state.thread(), opinion.dynamic);
            if (decision.reported()) {
                state.call().markReported();
            }
            if (decision.refusal() != null) {
                return decision.refusal();
            }
        }
        return null;
    }

    private int numberOf(Thread thread) {
        List<Opinion> found = new ArrayList<>();
        if (!classifier.isExcluded(thread)) {
            for (PointPolicy policy : policies) {
                ThreadPolicy.Answer answer = policy.about(thread);
                if (answer != ThreadPolicy.Answer.NOTHING) {
                    found.add(new Opinion(policy, answer == ThreadPolicy.Answer.DYNAMIC));
                }
            }
        }
        return found.isEmpty() ? StallsightThread.NO_POLICIES : number(found);
    }

    private synchronized int number(List<Opinion> found) {
        for (Map.Entry<Integer, List<Opinion>> known : opinions.entrySet()) {
            if (known.getValue().equals(found)) {
                return known.getKey();
            }
        }
        lastNumber++;
        opinions.put(lastNumber, found);
        return lastNumber;
    }
}
