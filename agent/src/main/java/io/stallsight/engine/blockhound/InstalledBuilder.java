package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.detect.AskedPolicy;
import io.stallsight.engine.detect.CallPolicy;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightThread;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One installed builder: tells its callback of the calls that BlockHound would tell it of, on the threads that its
 * predicates name.
 */
final class InstalledBuilder implements AskedPolicy {

    private final Predicates predicates;
    private final Allowances allowances;
    private final Callback callback;
    private final Map<Integer, KnownMethod> methods = new ConcurrentHashMap<>();

    InstalledBuilder(Predicates predicates, Allowances allowances, Callback callback) {
        this.predicates = predicates;
        this.allowances = allowances;
        this.callback = callback;
    }

    /** From now on a call that comes to {@code point} is one of {@code method}. */
    void know(Point point, KnownMethod method) {
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
    public Reply ask(Point point, Thread thread, boolean dynamic) {
        KnownMethod method = methods.get(point.id());
        if (method == null
                || !method.virtual() && StallsightThread.isVirtual(thread)
                || allowances.allowed()
                || dynamic && !predicates.nonBlockingNow(thread)) {
            return Reply.NOT_TOLD;
        }
        return tell(method);
    }

    private Reply tell(KnownMethod method) {
        try {
            Throwable refusal = callback.call(method);
            return refusal == null ? Reply.TOLD : new Reply(true, refusal);
        } catch (ReflectiveOperationException e) {
            StallsightErrors.suppress(e);
            return Reply.NOT_TOLD;
        }
    }

    /** Tells the callback of everything else that the catalog knows. */
    CallPolicy ofAllCalls() {
        return new CallPolicy() {
            @Override
            public @Nullable Throwable refuse(Point point, BlockingCall call) {
                StallsightThread state = StallsightThread.current();
                if (state == null || state.call.told || !concerns(state.thread) || allowances.allowed()) {
                    return null;
                }
                Reply reply = tell(new KnownMethod(
                        point.owner(), point.method().name(), point.method().text(), true));
                state.call.told = reply.told();
                return reply.refusal();
            }
        };
    }

    private boolean concerns(Thread thread) {
        return switch (predicates.about(thread)) {
            case NOTHING -> false;
            case NON_BLOCKING -> true;
            case DYNAMIC -> predicates.nonBlockingNow(thread);
        };
    }
}
