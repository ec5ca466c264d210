package com.example.shop.offload;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads for a program that is compiled for Java 17. */
public final class VirtualThreads {
    private static final Optional<ExecutorService> EXECUTOR = create();

    private VirtualThreads() {}

    /** Returns an executor with a virtual thread for each task, or empty before Java 21. */
    public static Optional<Executor> executor() {
        return EXECUTOR.map(Executor.class::cast);
    }

    private static Optional<ExecutorService> create() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("no virtual threads on Java " + Runtime.version(), e);
        }
    }
}
