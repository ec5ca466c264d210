package app.lab;

import app.lab.Lab.Ran;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One event loop of a framework. */
final class Loop {

    /** A task that may throw. */
    interface Body {
        void run() throws Exception;
    }

    private final Executor executor;
    private volatile String thread = "";

    Loop(Executor executor) {
        this.executor = executor;
    }

    String thread() {
        return thread;
    }

    void execute(Runnable task) {
        executor.execute(task);
    }

    /** Runs a task on the loop and waits for its end. */
    Ran run(Body body) throws Exception {
        CompletableFuture<Ran> done = new CompletableFuture<>();
        executor.execute(() -> {
            long start = Lab.epochNanos();
            long cpu = Work.cpu();
            try {
                thread = Thread.currentThread().getName();
                body.run();
                done.complete(new Ran(thread, start, Lab.epochNanos(), Work.cpu() - cpu));
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        return done.get(60, TimeUnit.SECONDS);
    }
}
