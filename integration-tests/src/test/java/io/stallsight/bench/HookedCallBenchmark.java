package io.stallsight.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One hooked call. {@link Micro} runs it in JVMs that differ only in their watcher. Alone, it measures the bare call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HookedCallBenchmark {

    /** System properties with the names of a {@link Watcher} and a {@link Situation}. */
    static final String WATCHER = "bench.watcher";

    static final String SITUATION = "bench.situation";

    private HookedCalls calls;
    private BlockHoundSetup blockHound;

    @Setup
    public void open() throws IOException {
        calls = new HookedCalls();
        if (Watcher.valueOf(System.getProperty(WATCHER, Watcher.NONE.name())) == Watcher.BLOCKHOUND) {
            blockHound = BlockHoundSetup.install(Situation.valueOf(System.getProperty(SITUATION)));
        }
    }

    @TearDown
    public void close() throws IOException {
        if (blockHound != null) {
            blockHound.verify();
        }
        calls.close();
    }

    /** The JDK does nothing for a wait of no time, so this measures only the hook. */
    @Benchmark
    public void check() {
        LockSupport.parkNanos(0);
    }

    /** One tick of an NIO loop without work. A thread that selects twice on a selector is a loop. */
    @Benchmark
    public int tick() throws IOException {
        return calls.tick();
    }

    @Benchmark
    public void request() throws Exception {
        calls.serve();
    }

    @Benchmark
    public void permit() {
        calls.permit();
    }

    @Benchmark
    public void signal() {
        calls.signal();
    }

    @Benchmark
    public void park() {
        calls.park();
    }

    @Benchmark
    public int randomAccessRead() throws IOException {
        return calls.randomAccessRead();
    }

    @Benchmark
    public void streamWrite() throws IOException {
        calls.streamWrite();
    }
}
