package app.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A loop of its own, with a selector and a queue. At times it finds {@value #TASKS} equal tasks of one millisecond. */
public final class EqualTasks {

    public static final int TASKS = 250;

    /** On a busy machine, the tasks of several may be in one tick. */
    public static final int ROUNDS = 4;

    private static final long TASK_NANOS = 1_000_000;

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private volatile boolean ended;

    private EqualTasks() throws IOException {
        selector = Selector.open();
    }

    public static void main(String[] args) throws Exception {
        EqualTasks tasks = new EqualTasks();
        Thread thread = new Thread(tasks::loop, "own-loop");
        thread.start();
        for (int round = 0; round < 20; round++) {
            tasks.queue.add(() -> {});
            tasks.selector.wakeup();
            Thread.sleep(20);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < TASKS; i++) {
                tasks.queue.add(() -> compute());
            }
            tasks.selector.wakeup();
            Thread.sleep(TASKS + 400);
        }
        tasks.ended = true;
        tasks.selector.wakeup();
        thread.join();
        System.out.println("DONE");
    }

    private void loop() {
        try {
            while (!ended) {
                selector.select();
                for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compute() {
        long end = System.nanoTime() + TASK_NANOS;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
