package io.stallsight.hook;

/**
 * The queues of all executors that the hooks have met, by identity and with weak keys. A reader takes no lock: it
 * probes an open hash table, which is replaced when it grows.
 */
public final class StallsightQueues {

    /** The smallest length of the table; all lengths are powers of two. */
    private static final int MIN_LENGTH = 64;

    /** See {@link #hasRoom}. */
    private static final int MAX_SIZE = 2_000;

    private static volatile StallsightQueue[] table = new StallsightQueue[MIN_LENGTH];
    private static int size;

    private StallsightQueues() {}

    /** The queue of an executor, or null if the engine has not seen it yet. */
    static StallsightQueue find(Object executor) {
        StallsightQueue[] all = table;
        int mask = all.length - 1;
        for (int i = System.identityHashCode(executor) & mask; ; i = (i + 1) & mask) {
            StallsightQueue found = all[i];
            if (found == null || found.executor().refersTo(executor)) {
                return found;
            }
        }
    }

    /** Adds an executor; the engine calls it with the guard up. */
    public static StallsightQueue add(Object executor) {
        return add(executor, null);
    }

    /** Adds an executor, or a semaphore with its {@code limit}. */
    static synchronized StallsightQueue add(Object executor, StallsightLimit limit) {
        StallsightQueue found = find(executor);
        if (found != null) {
            return found;
        }
        if (2 * (size + 1) > table.length) {
            rebuild();
        }
        StallsightQueue added = new StallsightQueue(executor, limit);
        put(table, added);
        size++;
        return added;
    }

    /** Whether there are few enough that one more may be added that need not be. */
    static boolean hasRoom() {
        return size < MAX_SIZE; // by any thread: a few more do no harm
    }

    /** Drops executors that are gone, and forgets all of them if {@code all} is set. */
    public static synchronized void prune(boolean all) {
        if (all) {
            for (StallsightQueue queue : table) {
                if (queue != null) {
                    queue.forgetTasks(); // threads and loops that live on may refer to the queue
                }
            }
            size = 0;
            table = new StallsightQueue[MIN_LENGTH];
        } else {
            rebuild();
        }
    }

    private static void rebuild() {
        StallsightQueue[] old = table;
        int live = 0;
        for (StallsightQueue queue : old) {
            if (queue != null && queue.executor().get() != null) {
                live++;
            }
        }
        int length = MIN_LENGTH;
        while (length < 4 * (live + 1)) {
            length *= 2;
        }
        StallsightQueue[] fresh = new StallsightQueue[length];
        int kept = 0;
        for (StallsightQueue queue : old) {
            if (queue != null && put(fresh, queue)) {
                kept++;
            }
        }
        size = kept;
        table = fresh;
    }

    private static boolean put(StallsightQueue[] into, StallsightQueue queue) {
        Object key = queue.executor().get();
        if (key == null) {
            return false;
        }
        int mask = into.length - 1;
        int i = System.identityHashCode(key) & mask;
        while (into[i] != null) {
            i = (i + 1) & mask;
        }
        into[i] = queue;
        return true;
    }

    /** Every queue, for the engine's threads. */
    public static synchronized StallsightQueue[] all() {
        StallsightQueue[] all = new StallsightQueue[size];
        int count = 0;
        for (StallsightQueue queue : table) {
            if (queue != null && count < all.length) {
                all[count++] = queue;
            }
        }
        return all;
    }
}
