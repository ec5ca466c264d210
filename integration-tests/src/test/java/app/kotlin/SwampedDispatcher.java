package app.kotlin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;

/**
 * All 64 tasks that Dispatchers.IO runs at once need one monitor, and more wait behind them, until the agent has
 * reported that.
 */
public final class SwampedDispatcher {

    private static final int TASKS = 80;
    private static final Object MONITOR = new Object();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private SwampedDispatcher() {}

    public static void main(String[] args) throws Exception {
        Executor io = ExecutorsKt.asExecutor(Dispatchers.getIO());
        ExecutorsKt.asExecutor(Dispatchers.getDefault()).execute(Thread::onSpinWait);
        CountDownLatch reported = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(TASKS);
        try (RecordingStream events = new RecordingStream()) {
            events.enable("stallsight.PoolExhausted");
            events.onEvent("stallsight.PoolExhausted", event -> reported.countDown());
            events.startAsync();
            synchronized (MONITOR) {
                for (int i = 0; i < TASKS; i++) {
                    io.execute(() -> {
                        synchronized (MONITOR) {
                            done.countDown();
                        }
                    });
                }
                if (!reported.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                    System.out.println("MISSING: no report of an exhausted pool");
                }
            }
            done.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
        System.exit(0);
    }
}
