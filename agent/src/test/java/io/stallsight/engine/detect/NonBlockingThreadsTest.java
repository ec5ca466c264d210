package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stallsight.engine.thread.ThreadFacts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NonBlockingThreadsTest {

    private final NonBlockingThreads threads = new NonBlockingThreads();
    private final CountDownLatch woken = new CountDownLatch(1);
    private final Thread watcher = new Thread(() -> {
        while (threads.all().isEmpty()) {
            threads.watchBell().await();
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

    @Test
    void thread_whoseStartFailed_isNotKept() {
        Thread thread = new Thread();
        threads.add(thread, null);
        threads.removeUnborn(thread);
        assertThat(threads.all()).isEmpty();
    }

    @Test
    void startOfALivingThread_doesNotRemoveIt() {
        Thread living = Thread.currentThread();
        threads.add(living, null);
        threads.removeUnborn(living);
        assertThat(threads.contains(living)).isTrue();
    }

    @Test
    void prune_dropsWhatIsNotAlive() throws InterruptedException {
        Thread ended = new Thread(() -> {});
        ended.start();
        ended.join();
        threads.add(ended, null);
        threads.add(new Thread("unborn"), null);
        threads.add(Thread.currentThread(), null);
        threads.prune();
        assertThat(threads.all()).extracting(NonBlockingThreads.Entry::thread).containsExactly(Thread.currentThread());
    }

    @Test
    void withId_ofAThreadThatOverridesItsId_isTheThread() {
        Thread thread = new Thread() {
            @Override
            public long getId() {
                return 1;
            }
        };
        threads.add(thread, null);
        assertThat(threads.withId(1)).isNull();
        assertThat(threads.withId(ThreadFacts.id(thread))).isSameAs(thread);
    }

    @Test
    void virtualThreads_beyondTheLimit_areLeftOutUntilOthersEnd() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
        Thread first = unstartedVirtual();
        threads.add(first, null);
        for (int i = 1; i < NonBlockingThreads.MAX_VIRTUAL; i++) {
            threads.add(unstartedVirtual(), null);
        }
        assertThat(threads.leftOut()).isFalse();

        Thread further = unstartedVirtual();
        threads.add(further, null);
        assertThat(threads.leftOut()).isTrue();
        assertThat(threads.contains(further)).isFalse();

        threads.remove(first);
        threads.remove(first);
        threads.add(further, null);
        assertThat(threads.contains(further)).isTrue();
        assertThat(threads.all()).hasSize(NonBlockingThreads.MAX_VIRTUAL);
    }

    private static Thread unstartedVirtual() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (Thread) Class.forName("java.lang.Thread$Builder")
                .getMethod("unstarted", Runnable.class)
                .invoke(builder, (Runnable) () -> {});
    }
}
