package io.stallsight.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How a class of pools tells what it is doing. A path is names of fields and of methods without parameters, separated
 * by dots; null where the pool does not tell, or where the class is one of the JDK that is asked directly. Any thread
 * may follow a path.
 *
 * @param className of the pool, or of a superclass
 * @param title the kind of pool as people call it
 * @param active workers that run a task
 * @param idle workers that could run one; what is neither is reserved for something else
 * @param size workers
 * @param max workers at the most; or a number
 * @param queued tasks that wait
 * @param capacity of the queue
 * @param completed tasks
 * @param rejected tasks
 * @param workers a thread, or a collection or array of threads or of objects that have one
 * @param workerThread path from such an object to its thread
 * @param lock to be held while the workers are read
 * @param members the pool has no threads itself: it bounds those executors whose threads' names begin with this path's
 *     value
 */
public record PoolRule(
        String className,
        String title,
        @Nullable String active,
        @Nullable String idle,
        @Nullable String size,
        @Nullable String max,
        @Nullable String queued,
        @Nullable String capacity,
        @Nullable String completed,
        @Nullable String rejected,
        @Nullable String workers,
        @Nullable String workerThread,
        @Nullable String lock,
        @Nullable String members) {}
