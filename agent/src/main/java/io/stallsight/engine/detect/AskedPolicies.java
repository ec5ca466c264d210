package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.hook.StallsightThread;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are asked about each call of the points of type {@code POLICY}. Which of them have a say on a
 * thread is found at its first such call and kept in {@link StallsightThread#asked}.
 */
public final class AskedPolicies {

    /** {@link StallsightThread#asked} of a thread about which the policies were not asked so far. */
    private static final int UNDECIDED = Integer.MIN_VALUE;

    /** Bit i of {@link StallsightThread#asked}: policy i is asked; bit i + 15: on a thread that it calls dynamic. */
    private static final int MOST = 15;

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final CopyOnWriteArrayList<AskedPolicy> policies = new CopyOnWriteArrayList<>();

    AskedPolicies(Catalog catalog, ThreadClassifier classifier) {
        this.catalog = catalog;
        this.classifier = classifier;
    }

    /**
     * Adds a policy, which counts once {@link io.stallsight.hook.StallsightAgent#reclassify()} is called.
     *
     * @throws IllegalStateException if there are too many
     */
    public synchronized void add(AskedPolicy policy) {
        if (policies.size() == MOST) {
            throw new IllegalStateException("more than " + MOST + " policies");
        }
        policies.add(policy);
        classifier.add(policy);
    }

    /** The thread was classified (anew): who has a say on it is open. */
    void reconsider(StallsightThread state) {
        state.asked = policies.isEmpty() ? StallsightThread.NOT_ASKED : UNDECIDED;
    }

    /** What is thrown instead of the call, or null to let it happen. */
    @Nullable
    Throwable ask(StallsightThread state, int point) {
        if (state.asked == UNDECIDED) {
            state.asked = askedOn(state.thread);
        }
        int mask = state.asked;
        for (int i = 0; mask >>> i != 0 && i < MOST; i++) {
            boolean dynamic = (mask & 1 << i + MOST) != 0;
            if (dynamic || (mask & 1 << i) != 0) {
                AskedPolicy.Reply reply = policies.get(i).ask(catalog.point(point), state.thread, dynamic);
                state.call.told |= reply.told();
                if (reply.refusal() != null) {
                    return reply.refusal();
                }
            }
        }
        return null;
    }

    private int askedOn(Thread thread) {
        if (classifier.isExcluded(thread)) {
            return StallsightThread.NOT_ASKED;
        }
        int mask = 0;
        for (int i = 0; i < policies.size(); i++) {
            mask |= switch (policies.get(i).about(thread)) {
                case NOTHING -> 0;
                case NON_BLOCKING -> 1 << i;
                case DYNAMIC -> 1 << i + MOST;
            };
        }
        return mask;
    }
}
