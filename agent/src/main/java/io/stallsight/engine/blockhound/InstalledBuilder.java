package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.detect.PointPolicy;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualThreads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An installed builder: reports blocking calls to its callback, as BlockHound would, on the threads that its predicates
 * accept. Runs on the thread that is about to block.
 */
final class InstalledBuilder implements PointPolicy {

    private final ThreadPredicates predicates;
    private final Allowances allowances;
    private final Callback callback;
    private final Map<Integer, BlockHoundMethod> methods = new ConcurrentHashMap<>();

    InstalledBuilder(ThreadPredicates predicates, Allowances allowances, Callback callback) {
        this.predicates = predicates;
        this.allowances = allowances;
        this.callback = callback;
    }

    /** Calls that pass the hook of {@code point} are reported as calls of {@code method}. */
    void map(Point point, BlockHoundMethod method) {
        methods.put(point.id(), method);
    }

    @Override
    public Answer about(Thread thread) {
        return predicates.about(thread);
    }

    @Override
    public boolean nonBlockingNow(Thread thread) {
        return predicates.nonBlockingNow(thread);
    }

    @Override
    public Decision decide(Point point, Thread thread, boolean dynamic) {
        BlockHoundMethod method = methods.get(point.id());
        if (method == null
                || !method.virtual() && StallsightVirtualThreads.isVirtual(thread)
                || allowances.allowed()
                || dynamic && !predicates.nonBlockingNow(thread)) {
            return Decision.NOT_REPORTED;
        }
        return report(method);
    }

    private Decision report(BlockHoundMethod method) {
        try {
            Throwable refusal = callback.call(method);
            return refusal == null ? Decision.REPORTED : new Decision(true, refusal);
        } catch (ReflectiveOperationException e) {
            StallsightErrors.suppress(e);
            return Decision.NOT_REPORTED;
        }
    }

    /** Decides about a call that only the catalog knows, for option {@code blockhound=all}. */
    @Nullable
    Throwable refuseOther(Point point) {
        StallsightThread state = StallsightHook.current();
        if (state == null || state.call().isReported() || !accepts(state.thread()) || allowances.allowed()) {
            return null;
        }
        Decision decision = report(new BlockHoundMethod(
                point.owner(), point.method().name(), point.method().text(), true));
        if (decision.reported()) {
            state.call().markReported();
        }
        return decision.refusal();
    }

    private boolean accepts(Thread thread) {
        return switch (predicates.about(thread)) {
            case NOTHING -> false;
            case NON_BLOCKING -> true;
            case DYNAMIC -> predicates.nonBlockingNow(thread);
        };
    }
}
