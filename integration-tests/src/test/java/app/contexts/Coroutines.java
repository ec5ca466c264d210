package app.contexts;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;

/** Coroutines that block a worker of the default dispatcher, written as the compiler of Kotlin translates them. */
final class Coroutines {

    private Coroutines() {}

    static void run(String way, long context) throws Exception {
        CompletableFuture<Unit> done = new CompletableFuture<>();
        onDefault(way, context, done);
        done.get(10, TimeUnit.SECONDS);
    }

    static void runAfterIo(String way, long context) throws Exception {
        CompletableFuture<Unit> done = new CompletableFuture<>();
        BuildersKt.launch(GlobalScope.INSTANCE, Dispatchers.getIO(), CoroutineStart.DEFAULT, (scope, self) -> {
            onDefault(way, context, done);
            return Unit.INSTANCE;
        });
        done.get(10, TimeUnit.SECONDS);
    }

    static void runAfterDelay(String way, long context) throws Exception {
        CompletableFuture<Unit> done = new CompletableFuture<>();
        BuildersKt.launch(
                GlobalScope.INSTANCE,
                Dispatchers.getDefault(),
                CoroutineStart.DEFAULT,
                new Delayed(null, way, context, done));
        done.get(10, TimeUnit.SECONDS);
    }

    private static void onDefault(String way, long context, CompletableFuture<Unit> done) {
        BuildersKt.launch(GlobalScope.INSTANCE, Dispatchers.getDefault(), CoroutineStart.DEFAULT, (scope, self) -> {
            Blocks.block(way, context);
            done.complete(Unit.INSTANCE);
            return Unit.INSTANCE;
        });
    }

    /** {@code { delay(3); block(); }}. */
    private static final class Delayed extends SuspendLambda
            implements Function2<CoroutineScope, Continuation<? super Unit>, Object> {

        private final String way;
        private final long context;
        private final CompletableFuture<Unit> done;
        private boolean waited;

        @SuppressWarnings("unchecked") // as Kotlin does
        Delayed(Continuation<? super Unit> then, String way, long context, CompletableFuture<Unit> done) {
            super(2, (Continuation<Object>) (Continuation<?>) then);
            this.way = way;
            this.context = context;
            this.done = done;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Continuation<Unit> create(Object value, Continuation<?> then) {
            return (Continuation<Unit>)
                    (Continuation<?>) new Delayed((Continuation<? super Unit>) then, way, context, done);
        }

        @Override
        public Object invoke(CoroutineScope scope, Continuation<? super Unit> then) {
            return new Delayed(then, way, context, done).invokeSuspend(Unit.INSTANCE);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected Object invokeSuspend(Object result) {
            if (!waited) {
                waited = true;
                Object suspended = DelayKt.delay(3, (Continuation<? super Unit>) (Continuation<?>) this);
                if (suspended == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                    return suspended;
                }
            }
            Blocks.block(way, context);
            done.complete(Unit.INSTANCE);
            return Unit.INSTANCE;
        }
    }
}
