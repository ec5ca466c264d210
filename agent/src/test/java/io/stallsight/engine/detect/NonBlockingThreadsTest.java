package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NonBlockingThreadsTest {

    private final NonBlockingThreads threads = new NonBlockingThreads();
    private final CountDownLatch woken = new CountDownLatch(1);
    private final Thread watcher = new Thread(() -> {
        while (threads.all().isEmpty()) {
            threads.firstOne().await();
        }
        woken.countDown();
    });

    @Test
    void first_wakesTheWatcher() throws InterruptedException {
        watcher.setDaemon(true);
        watcher.start();
        while (watcher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        threads.add(new Thread(), null);

        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void added_isThereUntilRemoved() {
        Thread thread = new Thread();
        threads.add(thread, null);
        assertThat(threads.all()).extracting(NonBlockingThreads.Entry::thread).containsExactly(thread);

        threads.remove(thread);
        assertThat(threads.all()).isEmpty();
    }
}
