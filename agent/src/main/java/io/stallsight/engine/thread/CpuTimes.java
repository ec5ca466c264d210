package io.stallsight.engine.thread;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * CPU times of threads by the JVM's bean, up to the moment of the reading. Those of {@link ThreadTimes} are behind for
 * a thread that runs: the kernel brings them up to date once a timer tick, which is up to 4 ms. Thread-safe; a reading
 * takes 1 us. The bean is made at the first reading, as its classes cost start-up time.
 */
public final class CpuTimes {

    private static volatile @Nullable ThreadMXBean bean;

    private CpuTimes() {}

    /** Nanoseconds of the thread of this id; -1 if not known, as of a virtual thread. */
    public static long of(long id) {
        try {
            ThreadMXBean found = bean;
            if (found == null) {
                found = ManagementFactory.getThreadMXBean();
                bean = found;
            }
            return found.getThreadCpuTime(id);
        } catch (UnsupportedOperationException | LinkageError unknown) { // no module java.management
            return -1;
        }
    }
}
