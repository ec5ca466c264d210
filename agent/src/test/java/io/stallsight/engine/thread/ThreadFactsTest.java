package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A thread of an application overrides everything that it can. */
class ThreadFactsTest {

    private static final class Liar extends Thread {

        Liar(Runnable task) {
            super(task);
        }

        @Override
        public long getId() {
            return 0;
        }

        @Override
        public State getState() {
            throw new AssertionError("an application's method");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("an application's method");
        }

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            throw new AssertionError("an application's method");
        }
    }

    @Test
    void facts_areTheJdksOwn() throws InterruptedException {
        Thread usual = new Thread(() -> {});
        Liar liar = new Liar(ThreadFactsTest::parkUntilInterrupted);
        assertThat(ThreadFacts.state(liar)).isEqualTo(Thread.State.NEW);
        assertThat(ThreadFacts.stack(liar)).isEmpty();
        liar.start();
        while (ThreadFacts.state(liar) != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(ThreadFacts.id(liar)).isEqualTo(usual.getId() + 1);
        assertThat(ThreadFacts.stack(liar))
                .extracting(StackTraceElement::getMethodName)
                .contains("parkUntilInterrupted");
        liar.interrupt();
        liar.join();
        assertThat(ThreadFacts.state(liar)).isEqualTo(Thread.State.TERMINATED);
    }

    private static void parkUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }

    @Test
    void map_comparesThreadsByIdentity() {
        ThreadMap<String> map = new ThreadMap<>();
        Thread first = new Liar(() -> {});
        Thread second = new Liar(() -> {});
        map.put(first, "first");
        map.put(second, "second");
        assertThat(map.get(first)).isEqualTo("first");
        assertThat(map.remove(second)).isEqualTo("second");
        assertThat(map.remove(first)).isEqualTo("first");
        assertThat(map.isEmpty()).isTrue();
    }
}
