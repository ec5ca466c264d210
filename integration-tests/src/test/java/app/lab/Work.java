package app.lab;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;

/** Work for a loop. */
final class Work {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();
    /** The JVM often stops a thread at a native method, so the work must not call one all the time. */
    private static final long STEP = 8_000_000L;

    private static volatile double sink;

    private Work() {}

    /** Computes for this time by the clock. */
    static void burn(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() - until < 0) {
            crunch();
        }
    }

    static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Computes until this thread has been without a CPU for this time. */
    static void burnUntilLost(long nanos, long mostCpu) {
        long start = System.nanoTime();
        long first = cpu();
        long used = 0;
        while (used < mostCpu && System.nanoTime() - start - used < nanos) {
            burn(STEP);
            used = cpu() - first;
        }
    }

    /** Computes until this thread has used this CPU time. */
    static void burnCpu(long nanos) {
        long until = cpu() + nanos;
        while (cpu() < until) {
            burn(STEP);
        }
    }

    private static void crunch() {
        double value = sink;
        for (int i = 1; i < 10_000; i++) {
            value += Math.sqrt(i) * 0.5;
        }
        sink = value;
    }

    /** Computes until the clock jumps. */
    static long burnUntilJump(long atLeast, long atMost) {
        long start = System.nanoTime();
        long last = start;
        while (last - start < atMost) {
            crunch();
            long now = System.nanoTime();
            if (now - last >= atLeast) {
                return now - last;
            }
            last = now;
        }
        throw new IllegalStateException("the process was not stopped");
    }

    static long collections() {
        long count = 0;
        for (GarbageCollectorMXBean bean : COLLECTORS) {
            count += Math.max(0, bean.getCollectionCount());
        }
        return count;
    }

    /** Computes until this number of collections has run. */
    static void burnUntilCollections(long count) {
        while (collections() < count) {
            crunch();
        }
    }

    /** Data that is slow to compress. */
    static ByteBuffer text(int length) {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ('a' + random.nextInt(6)));
        }
        return buffer.flip();
    }

    /** One native call; returns its duration. */
    static long deflate(ByteBuffer input, ByteBuffer output) {
        Deflater deflater = new Deflater(9);
        try {
            deflater.setInput(input);
            deflater.finish();
            long start = System.nanoTime();
            deflater.deflate(output);
            return System.nanoTime() - start;
        } finally {
            deflater.end();
        }
    }
}
