package io.stallsight.engine.instrument;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.weavecache.WeaveCache;
import io.stallsight.engine.weavecache.WovenClass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What weaving does on a thread of the agent, where there is a cache: it loads the tools, weaves the classes that had
 * to be loaded without hooks meanwhile, and writes the cache when no class has been added for a few seconds. The thread
 * sleeps while there is nothing to do.
 */
final class WeavingThread {

    /** A class that has been loaded without its hooks. */
    record Unwoven(WovenClass.Source source, @Nullable ClassLoader loader) {

        /** The application may override {@code equals} of its loaders. */
        boolean isOf(Class<?> type) {
            return type.getClassLoader() == loader && type.getName().equals(source.name());
        }
    }

    /** What to do next. */
    private enum Task {
        WEAVE,
        WRITE,
        END
    }

    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    /** A class is retransformed when it is there: its load ends after the transformer has returned. */
    private static final long LOAD = TimeUnit.MILLISECONDS.toNanos(50);

    private final WeaveCache cache;
    private final Consumer<List<Unwoven>> weave;
    private final Consumer<List<Unwoven>> keep;
    private final AgentThread thread = AgentThread.lasting("weaving", this::run);
    private final List<Unwoven> unwoven = new ArrayList<>();
    private boolean toolsWanted;
    private boolean added;
    private long lastChange;
    private boolean stopped;

    /**
     * Both are called on the thread of the agent.
     *
     * @param weave loads the tools and weaves these classes
     * @param keep adds to the cache what becomes of these classes, if the tools are loaded
     */
    WeavingThread(WeaveCache cache, Consumer<List<Unwoven>> weave, Consumer<List<Unwoven>> keep) {
        this.cache = cache;
        this.weave = weave;
        this.keep = keep;
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

    /** The tools are needed. Returns whether this thread will load them: at the end of the JVM it does not. */
    synchronized boolean makeTools() {
        toolsWanted = !stopped;
        notifyAll();
        return !stopped;
    }

    /** A class is being loaded without its hooks. */
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
        for (Task next = await(); next != Task.END; next = await()) {
            if (next == Task.WEAVE) {
                weave.accept(take());
            } else {
                cache.write();
            }
        }
        keep.accept(take()); // a program that ends soon would lack them at each start
    }

    private synchronized Task await() throws InterruptedException {
        while (!stopped) {
            long quiet = System.nanoTime() - lastChange;
            if (toolsWanted || !unwoven.isEmpty() && quiet >= LOAD) {
                toolsWanted = false;
                return Task.WEAVE;
            } else if (!unwoven.isEmpty()) {
                TimeUnit.NANOSECONDS.timedWait(this, LOAD - quiet);
            } else if (!added) {
                wait();
            } else if (quiet < QUIET) {
                TimeUnit.NANOSECONDS.timedWait(this, QUIET - quiet);
            } else {
                added = false;
                return Task.WRITE;
            }
        }
        return Task.END;
    }

    private synchronized List<Unwoven> take() {
        List<Unwoven> taken = new ArrayList<>(unwoven);
        unwoven.clear();
        return taken;
    }
}
