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
public final class AskedPolicies {

    /**
     * A policy that has a say on a thread.
     *
     * @param dynamic whether it has at some moments only
     */
    private record Say(AskedPolicy policy, boolean dynamic) {}

    /** The number of {@link #decisions} for a thread on which nothing is decided yet. */
    private static final int UNDECIDED = 1;

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final CopyOnWriteArrayList<AskedPolicy> policies = new CopyOnWriteArrayList<>();

    /** By number; all threads with the same policies share one. */
    private final CopyOnWriteArrayList<List<Say>> decisions = new CopyOnWriteArrayList<>();

    AskedPolicies(Catalog catalog, ThreadClassifier classifier) {
        this.catalog = catalog;
        this.classifier = classifier;
        decisions.add(StallsightThread.NO_POLICIES, List.of());
        decisions.add(UNDECIDED, List.of());
    }

    /** Adds a policy, which counts once {@link io.stallsight.hook.StallsightAgent#reclassify()} is called. */
    public void add(AskedPolicy policy) {
        policies.add(policy);
        classifier.add(policy);
    }

    /** The thread was classified (anew): the policies that have a say on it are to be decided. */
    void reconsider(StallsightThread state) {
        state.setPolicies(policies.isEmpty() ? StallsightThread.NO_POLICIES : UNDECIDED);
    }

    /** The error to be thrown instead of the call, or null to let it happen. */
    @Nullable
    Throwable ask(StallsightThread state, int point) {
        if (state.policies() == UNDECIDED) {
            state.setPolicies(decide(state.thread()));
        }
        for (Say say : decisions.get(state.policies())) {
            AskedPolicy.Reply reply = say.policy.ask(catalog.point(point), state.thread(), say.dynamic);
            if (reply.told()) {
                state.call().markReported();
            }
            if (reply.refusal() != null) {
                return reply.refusal();
            }
        }
        return null;
    }

    private int decide(Thread thread) {
        List<Say> says = new ArrayList<>();
        if (!classifier.isExcluded(thread)) {
            for (AskedPolicy policy : policies) {
                ThreadPolicy.Answer answer = policy.about(thread);
                if (answer != ThreadPolicy.Answer.NOTHING) {
                    says.add(new Say(policy, answer == ThreadPolicy.Answer.DYNAMIC));
                }
            }
        }
        return says.isEmpty() ? StallsightThread.NO_POLICIES : number(says);
    }

    private synchronized int number(List<Say> says) {
        for (int number = UNDECIDED + 1; number < decisions.size(); number++) {
            if (decisions.get(number).equals(says)) {
                return number;
            }
        }
        decisions.add(says);
        return decisions.size() - 1;
    }
}
