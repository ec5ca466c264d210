package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.testing.MemoryCompiler;
import io.stallsight.testing.MemoryLoader;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Stacks of other threads that the engine keeps must not keep the application's classes. */
class KeptFramesTest {

    private static final String TASK = """
            package com.acme;
            public final class Task implements Runnable {
                public void run() {
                    while (!Thread.interrupted()) {
                        java.util.concurrent.locks.LockSupport.park();
                    }
                }
            }
            """;

    private final List<StackTraceElement> kept = new ArrayList<>();
    private @Nullable ClassLoader loader;

    private void keepStacks() throws Exception {
        loader = new MemoryLoader(MemoryCompiler.compile(TASK));
        Thread thread = new Thread((Runnable)
                loader.loadClass("com.acme.Task").getDeclaredConstructor().newInstance());
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            LockSupport.parkNanos(1_000_000);
        }
        kept.addAll(AgentFrames.withoutAgent(thread.getStackTrace()));
        kept.addAll(AgentFrames.withoutAgent(ManagementFactory.getThreadMXBean()
                .getThreadInfo(thread.getId(), 100)
                .getStackTrace()));
        thread.interrupt();
        thread.join();
    }

    @Test
    void keptStacks_doNotKeepTheLoader() throws Exception {
        keepStacks();
        assertThat(kept)
                .filteredOn(frame -> frame.getClassName().equals("com.acme.Task"))
                .hasSize(2);

        WeakReference<ClassLoader> application = new WeakReference<>(loader);
        loader = null;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!application.refersTo(null) && System.nanoTime() - end < 0) {
            System.gc();
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(application.get()).isNull();
        assertThat(kept)
                .filteredOn(frame -> frame.getMethodName().equals("run"))
                .isNotEmpty();
    }
}
