package app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An event loop as people write them: a thread around a selector that also runs tasks. Belongs to no framework. */
public final class SelectorLoop implements AutoCloseable {

    /** A task, or the handler of a channel. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the loop and waits until it has selected twice: the agent recognises a loop by its second select. */
    public SelectorLoop(String name) throws Exception {
        selector = Selector.open();
        thread = new Thread(this::loop, name);
        thread.start();
        run(() -> {});
    }

    public Selector selector() {
        return selector;
    }

    private void loop() {
        try {
            while (!closed) {
                selector.select(1_000);
                for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    var key = keys.next();
                    keys.remove();
                    ((Runnable) key.attachment()).run();
                }
                Runnable task = tasks.poll();
                if (task != null) {
                    task.run();
                    selector.wakeup(); // one task a turn
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a task on the loop and waits for its result, on a thread that may block. */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable t) {
                result.completeExceptionally(t);
            }
        });
        selector.wakeup();
        return result.get();
    }

    /** As {@link #call} without a result. */
    public void run(Task task) throws Exception {
        call(() -> {
            task.run();
            return null;
        });
    }

    @Override
    public void close() throws Exception {
        closed = true;
        selector.wakeup();
        thread.join();
        selector.close();
    }
}
