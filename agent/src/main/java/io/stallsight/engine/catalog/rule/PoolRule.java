package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to read what the pools of a class do.
 *
 * @param className of the pool, or of a superclass
 * @param title the kind of pool as people call it
 * @param paths where the pool keeps its facts: names of fields and of methods without parameters, separated by dots.
 *     Any thread may follow a path. A number may be the sum of several paths, see {@code reflect/Quantity}. A fact
 *     without a path is unknown, or read by the public methods of a JDK class
 * @param waitsOnlyWhenDry whether a thread that waits shows by itself that all connections are out that it may have
 */
public record PoolRule(String className, String title, Map<Path, String> paths, boolean waitsOnlyWhenDry)
        implements Rule {

    /** A fact about a pool. */
    public enum Path {
        /** Number of workers that run a task. */
        ACTIVE("active"),
        /** Number of workers that could run a task; workers that are neither active nor idle are reserved. */
        IDLE("idle"),
        /** Number of workers. */
        SIZE("size"),
        /** Largest number of workers; the path may be the number itself. */
        MAX("max"),
        /** Number of tasks that wait. */
        QUEUED("queued"),
        /** Capacity of the queue. */
        CAPACITY("capacity"),
        /** Number of completed tasks. */
        COMPLETED("completed"),
        /** Number of rejected tasks. */
        REJECTED("rejected"),
        /** A thread, or a collection or array of threads or of objects that have one. */
        WORKERS("workers"),
        /** From an object in {@link #WORKERS} to its thread. */
        WORKER_THREAD("workerThread"),
        /** The lock under which the workers are read. */
        LOCK("lock"),
        /**
         * A string. The pool has no threads itself: it bounds the executors whose threads' names begin with the string.
         */
        MEMBERS("members"),
        /** A string: the name of the pool. Without it, the pool is called after its threads. */
        NAME("name"),
        /** How names begin that the library makes up: the rest of them is another one in each run. */
        GENERATED("generated"),
        /** Not from the pool: {@code class#field}, a static field with the one pool that people know by a name. */
        KNOWN("known"),
        /** The name of the pool of {@link #KNOWN}. */
        AS("as");

        private final String key;

        Path(String key) {
            this.key = key;
        }
    }

    public PoolRule(String className, String title, Map<Path, String> paths) {
        this(className, title, paths, false);
    }

    public PoolRule {
        paths = Map.copyOf(paths);
    }

    public static PoolRule read(CatalogEntry entry) {
        Map<Path, String> paths = new EnumMap<>(Path.class);
        for (Path path : Path.values()) {
            String text = entry.text(path.key);
            if (text != null) {
                paths.put(path, text);
            }
        }
        return new PoolRule(
                entry.required("class"), entry.required("title"), paths, entry.flag("waitsOnlyWhenDry", false));
    }

    public @Nullable String path(Path path) {
        return paths.get(path);
    }
}
