package io.stallsight.engine.instrument;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.weavecache.WeaveCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What weaving does on a thread of the agent: it writes the cache when no class has been added for a few seconds, and
 * weaves the classes for which an event loop would have had to wait half a second, as the tools were not loaded. The
 * thread sleeps while there is nothing to do.
 */
final class WeavingThread {

    /** A class that has been loaded without its hooks. */
    record Unwoven(String name, @Nullable ClassLoader loader) {

        /** The application may override {@code equals} of its loaders. */
        boolean isOf(Class<?> type) {
            return type.getClassLoader() == loader && type.getName().equals(name);
        }
    }

    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    /** A class is retransformed when it is there: its load ends after the transformer has returned. */
    private static final long LOAD = TimeUnit.MILLISECONDS.toNanos(50);

    private final WeaveCache cache;
    private final Consumer<List<Unwoven>> weave;
    private final AgentThread thread = AgentThread.lasting("weaving", this::run);
    private final List<Unwoven> unwoven = new ArrayList<>();
    private boolean added;
    private long lastChange;
    private boolean stopped;

    /** @param weave is called on the thread of the agent */
    WeavingThread(WeaveCache cache, Consumer<List<Unwoven>> weave) {
        this.cache = cache;
        this.weave = weave;
    }

    void start() {
        thread.start();
    }

    /** A class has been added to the cache. */
    synchronized void added() {
        added = true;
        lastChange = System.nanoTime();
        notifyAll();
    }

    /** A class is being loaded on a thread that must not wait. */
    synchronized void later(Unwoven loading) {
        unwoven.add(loading);
        lastChange = System.nanoTime();
        notifyAll();
    }

    /** Ends the thread, and writes what the cache has got. */
    void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        thread.join(1_000);
        cache.close();
    }

    private void run() throws InterruptedException {
        while (awaitWork()) {
            List<Unwoven> classes = take();
            if (classes.isEmpty()) {
                cache.write();
            } else {
                weave.accept(classes);
            }
        }
    }

    /** Whether there is something to do; false after the stop. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (!stopped) {
            long left = lastChange + (unwoven.isEmpty() ? QUIET : LOAD) - System.nanoTime();
            if (unwoven.isEmpty() && !added) {
                wait();
            } else if (left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } else {
                return true;
            }
        }
        return false;
    }

    private synchronized List<Unwoven> take() {
        List<Unwoven> taken = new ArrayList<>(unwoven);
        unwoven.clear();
        if (taken.isEmpty()) {
            added = false;
        }
        return taken;
    }
}
