package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are asked about each call of the points of type {@code POLICY}. Which of them have a say on a
 * thread is decided at the thread's first such call. The thread's state holds the number of that decision, not the
 * policies: threads outlive the engine, and would keep its loader.
 */
public final class PointPolicies {

    /**
     * A policy that has a say on a thread.
     *
     * @param dynamic whether it has at some moments only
     */
    private record Opinion(PointPolicy policy, boolean dynamic) {}

    /** The number of {@link #decisions} for a thread on which nothing is decided yet. */
    private static final int UNDECIDED = 1;

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final CopyOnWriteArrayList<PointPolicy> policies = new CopyOnWriteArrayList<>();

    /** By number; all threads with the same policies share one. */
    private final CopyOnWriteArrayList<List<Opinion>> decisions = new CopyOnWriteArrayList<>();

    PointPolicies(Catalog catalog, ThreadClassifier classifier) {
        this.catalog = catalog;
        this.classifier = classifier;
        decisions.add(StallsightThread.NO_POLICIES, List.of());
        decisions.add(UNDECIDED, List.of());
    }

    /** Adds a policy, which counts once {@link io.stallsight.hook.StallsightAgent#reclassify()} is called. */
    public void add(PointPolicy policy) {
        policies.add(policy);
        classifier.add(policy);
    }

    /** The thread was classified: the policies that have a say on it are to be decided. */
    void reconsider(StallsightThread state) {
        state.setPolicies(policies.isEmpty() ? StallsightThread.NO_POLICIES : UNDECIDED);
    }

    /** The error to be thrown instead of the call, or null to let it happen. */
    @Nullable
    Throwable refuse(StallsightThread state, int point) {
        if (state.policies() == UNDECIDED) {
            state.setPolicies(decide(state.thread()));
        }
        for (Opinion opinion : decisions.get(state.policies())) {
            PointPolicy.Decision decision = opinion.policy.decide(catalog.point(point), state.thread(), opinion.dynamic);
            if (decision.reported()) {
                state.call().markReported();
            }
            if (decision.refusal() != null) {
                return decision.refusal();
            }
        }
        return null;
    }

    private int decide(Thread thread) {
        List<Opinion> opinions = new ArrayList<>();
        if (!classifier.isExcluded(thread)) {
            for (PointPolicy policy : policies) {
                ThreadPolicy.Answer answer = policy.about(thread);
                if (answer != ThreadPolicy.Answer.NOTHING) {
                    opinions.add(new Opinion(policy, answer == ThreadPolicy.Answer.DYNAMIC));
                }
            }
        }
        return opinions.isEmpty() ? StallsightThread.NO_POLICIES : number(opinions);
    }

    private synchronized int number(List<Opinion> opinions) {
        for (int number = UNDECIDED + 1; number < decisions.size(); number++) {
            if (decisions.get(number).equals(opinions)) {
                return number;
            }
        }
        decisions.add(opinions);
        return decisions.size() - 1;
    }
}
