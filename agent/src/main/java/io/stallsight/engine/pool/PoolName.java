package io.stallsight.engine.pool;

import io.stallsight.engine.thread.LoopGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The name of a pool as people know it: that of its threads, without the thread's number. */
final class PoolName {

    private PoolName() {}

    /** The name that most of the workers have: some applications rename a thread for the time of a task. */
    static String of(List<Thread> workers) {
        Map<String, Integer> counts = new HashMap<>();
        String best = "";
        int most = 0;
        for (Thread worker : workers) {
            String name = of(worker.getName());
            int count = counts.merge(name, 1, Integer::sum);
            if (count > most) {
                most = count;
                best = name;
            }
        }
        return best;
    }

    /**
     * The last number folded: {@code pool-3-thread-1} is of {@code pool-3-thread-#}. Hash codes are folded as well,
     * since the next run has others.
     */
    static String of(String threadName) {
        String name = LoopGroup.withoutIdentifiers(threadName);
        int end = name.length();
        while (end > 0 && !isDigit(name.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            return name;
        }
        int begin = end;
        while (begin > 0 && isDigit(name.charAt(begin - 1))) {
            begin--;
        }
        return name.substring(0, begin) + "#" + name.substring(end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
