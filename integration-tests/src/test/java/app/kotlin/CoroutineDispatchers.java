package app.kotlin;

import app.Announce;
import app.Handlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;

/**
 * Tasks on the coroutine dispatchers Default and IO. The two share their threads: whether a worker may block depends on
 * its current task.
 */
public final class CoroutineDispatchers {

    private CoroutineDispatchers() {}

    public static void main(String[] args) throws Exception {
        Executor defaults = ExecutorsKt.asExecutor(Dispatchers.getDefault());
        Executor io = ExecutorsKt.asExecutor(Dispatchers.getIO());
        for (int i = 0; i < 3; i++) {
            run(defaults, Handlers::compute);
            run(defaults, Handlers::block);
            run(io, Handlers::blockWhereItMay);
        }
        Handlers.idle();
        run(io, Handlers::blockWhereItMay);
        run(defaults, Handlers::compute);
        Announce.print();
        System.exit(0);
    }

    private static void run(Executor executor, Supplier<String> task) throws Exception {
        CompletableFuture.supplyAsync(task, executor).get(20, TimeUnit.SECONDS);
    }
}
