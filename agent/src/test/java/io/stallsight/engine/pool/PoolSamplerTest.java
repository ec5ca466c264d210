package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Orders;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.detect.TestDetectors;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.watch.Interval;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightQueues;
import io.stallsight.testing.SlowClass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reports of pools and their times; the times are made up. */
class PoolSamplerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long T0 = 1_000 * SECOND;

    /** Knows its threads without the JDK being opened. */
    public static final class OpenPool extends ThreadPoolExecutor {
        private final transient List<Thread> threads = new ArrayList<>();

        /** Workers that are between two tasks. */
        private int between;

        private int reads;

        OpenPool(String name, int threads) {
            super(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
            setThreadFactory(task -> {
                Thread thread = new Thread(task, name + "-" + this.threads.size());
                thread.setDaemon(true);
                this.threads.add(thread);
                return thread;
            });
        }

        @Override
        public int getActiveCount() {
            reads++;
            return super.getActiveCount() - between;
        }
    }

    private static final String CATALOG = """
            {"pools": [{"class": "POOL", "title": "Open", "workers": "threads", "reason": "test"}],
             "allow": [{"frames": ["java.lang.ClassLoader#loadClass"], "reason": "test"},
                       {"frames": ["**#<clinit>"], "reason": "test"},
                       {"frames": ["com.acme.Orders#poll"], "direct": true, "waits": true, "reason": "test"}],
             "loop": [{"at": "begin", "class": "com.acme.Orders", "methods": ["find(java.lang.Runnable)"]}]}
            """;

    private final Catalog catalog = TestCatalogs.of(
            CATALOG.replace("POOL", OpenPool.class.getName()).replace("TEST", PoolSamplerTest.class.getName()));
    private final List<PoolSample> samples = new ArrayList<>();
    private final List<PoolExhaustion> exhaustions = new ArrayList<>();
    private final List<OpenPool> pools = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final PoolSampler sampler = sampler();

    private PoolSampler sampler() {
        Detection detection = TestDetectors.detection(catalog);
        FactListener listener = fact -> {
            if (fact instanceof PoolSample sample) {
                samples.add(sample);
            } else if (fact instanceof PoolExhaustion exhaustion) {
                exhaustions.add(exhaustion);
            }
        };
        return new PoolSampler(
                catalog,
                detection.nonBlocking(),
                detection.stacks(),
                new StackTaker(new StopBudget(10)),
                detection.requests(),
                listener,
                SECOND);
    }

    @AfterEach
    void end() {
        end.countDown();
        pools.forEach(ThreadPoolExecutor::shutdownNow);
        StallsightQueues.prune(true);
    }

    /** A pool of two threads that are busy until the end. */
    private OpenPool pool(String name, int waitingTasks) throws InterruptedException {
        return pool(name, waitingTasks, this::awaitEnd);
    }

    private OpenPool pool(String name, int waitingTasks, Runnable work) throws InterruptedException {
        return pool(name, 2, waitingTasks, work);
    }

    private OpenPool pool(String name, int threads, int waitingTasks, Runnable work) throws InterruptedException {
        OpenPool pool = new OpenPool(name, threads);
        pools.add(pool);
        StallsightQueues.add(pool);
        CountDownLatch begun = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                begun.countDown();
                work.run();
            });
        }
        begun.await();
        for (int i = 0; i < waitingTasks; i++) {
            pool.execute(() -> {});
        }
        return pool;
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void pool_isReportedOnceAnInterval_underTheNameOfItsThreads() throws InterruptedException {
        pool("mail", 3);

        sampler.sample(new Interval(T0, SECOND, 0));

        assertThat(samples).singleElement().satisfies(sample -> {
            assertThat(sample.name()).isEqualTo("mail-#");
            assertThat(sample.type()).isEqualTo("Open");
            assertThat(sample.active()).isEqualTo(2);
            assertThat(sample.queued()).isEqualTo(3);
            assertThat(sample.saturation()).isEqualTo(1);
        });
    }

    @Test
    void poolsOfOneName_areOne() throws InterruptedException {
        pool("mail", 3);
        pool("mail", 0);

        sampler.sample(new Interval(T0, SECOND, 0));

        assertThat(samples).singleElement().satisfies(sample -> {
            assertThat(sample.executors()).isEqualTo(2);
            assertThat(sample.max()).isEqualTo(4);
            assertThat(sample.queued()).isEqualTo(3);
        });
    }

    @Test
    void manyExecutors_inWhichNoTaskWaits_areReadInTurn() throws InterruptedException {
        int many = 300;
        for (int i = 0; i < many; i++) {
            pool("quiet", 1, 0, this::awaitEnd);
        }
        sampler.sample(new Interval(T0, SECOND, 0));
        for (int i = 1; i <= 3; i++) {
            int before = reads();
            sampler.sample(new Interval(T0 + i * SECOND, SECOND, 0));
            assertThat(reads() - before).isBetween(many / 4, many / 2);
        }
        assertThat(samples).hasSize(4).last().satisfies(sample -> {
            assertThat(sample.executors()).isEqualTo(many);
            assertThat(sample.size()).isEqualTo(many);
        });
    }

    private int reads() {
        return pools.stream().mapToInt(pool -> pool.reads).sum();
    }

    @Test
    void unusedPool_isNotReported() {
        OpenPool unused = new OpenPool("mail", 1);
        pools.add(unused);
        StallsightQueues.add(unused);

        sampler.sample(new Interval(T0, SECOND, 0));

        assertThat(samples).isEmpty();
    }

    /** The first tasks of a service load classes. */
    @Test
    void fullPool_whoseWorkersLoadClasses_isNotExhausted() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(2);
        pool("mail", 3, () -> {
            ClassLoader slow = new ClassLoader(null) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    loading.countDown();
                    awaitEnd();
                    throw new ClassNotFoundException(name);
                }
            };
            assertThatThrownBy(() -> slow.loadClass("any")).isInstanceOf(ClassNotFoundException.class);
        });
        loading.await();

        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);

        assertThat(exhaustions).isEmpty();
    }

    /** All the first tasks of a service need the same class, which one of them initialises. */
    @Test
    void fullPool_whoseWorkersWaitForOneClass_isNotExhausted() throws InterruptedException {
        OpenPool pool = pool("mail", 3, SlowClass::use);
        SlowClass.awaitBegin();
        while (pool.threads.stream().noneMatch(SlowClass::isNeededBy)) {
            Thread.onSpinWait();
        }

        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);
        SlowClass.end();

        assertThat(exhaustions).isEmpty();
    }

    @Test
    void fullPool_isExhausted_whenTheThresholdHasPassed_andAgainAfterTenSeconds() throws InterruptedException {
        pool("mail", 3);

        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND - 1);
        assertThat(exhaustions).isEmpty();

        sampler.check(T0 + SECOND);
        sampler.check(T0 + 2 * SECOND);
        assertThat(exhaustions).singleElement().satisfies(exhaustion -> {
            assertThat(exhaustion.start()).isEqualTo(T0);
            assertThat(exhaustion.nanos()).isEqualTo(SECOND);
            assertThat(exhaustion.oldestTask()).isGreaterThanOrEqualTo(SECOND);
            assertThat(exhaustion.evidence()).contains(" of 2 in ");
            assertThat(exhaustion.selfStarvation()).isFalse();
        });

        sampler.check(T0 + 11 * SECOND);
        assertThat(exhaustions).hasSize(2);
        assertThat(exhaustions.get(1).id()).isEqualTo(exhaustions.get(0).id());
    }

    @Test
    void exhaustedPool_isNotHiddenByAnotherOfItsName() throws InterruptedException {
        pool("mail", 0);
        pool("mail", 3);

        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);

        assertThat(exhaustions)
                .singleElement()
                .satisfies(exhaustion -> assertThat(exhaustion.size()).isEqualTo(2));
    }

    @Test
    void fullPoolWithoutWaitingTasks_isNotExhausted() throws InterruptedException {
        pool("mail", 0);

        for (int i = 0; i < 5; i++) {
            sampler.sample(new Interval(T0 + i * SECOND, SECOND, 0));
        }

        assertThat(exhaustions).isEmpty();
    }

    private static void sleep() {
        try {
            Thread.sleep(TimeUnit.HOURS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As Netty's executors do until they may end: they wake themselves up, so that there always is a task. */
    @Test
    void fullPoolWhoseWorkersWaitForWork_isNotExhausted() throws InterruptedException {
        OpenPool pool = pool("mail", 3, () -> Orders.poll(PoolSamplerTest::sleep));
        while (!pool.threads.stream().allMatch(worker -> worker.getState() == Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }

        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);

        assertThat(exhaustions).isEmpty();
    }

    @Test
    void fullPoolThatGetsOn_isNotExhausted() throws InterruptedException {
        OpenPool pool = pool("mail", 3);
        sampler.sample(new Interval(T0, SECOND, 0));

        pool.getQueue().clear();
        sampler.check(T0 + SECOND / 2);
        pool.execute(() -> {});
        sampler.check(T0 + SECOND);
        sampler.sample(new Interval(T0 + SECOND + 1, SECOND, 0));

        assertThat(exhaustions).isEmpty();
    }

    /** Its workers get on, but each task waits for longer than the threshold. */
    @Test
    void queueThatMoves_whoseOldestTaskIsOld_isExhausted() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        OpenPool pool = pool("mail", 0, () -> await(first));
        CountDownLatch second = new CountDownLatch(2);
        for (int i = 0; i < 20; i++) {
            pool.execute(() -> {
                second.countDown();
                awaitEnd();
            });
        }
        sampler.sample(new Interval(T0, SECOND, 0));

        first.countDown();
        second.await();
        sampler.check(T0 + SECOND - 1);
        assertThat(exhaustions).isEmpty();
        sampler.check(T0 + SECOND);

        assertThat(exhaustions).singleElement().satisfies(exhaustion -> {
            assertThat(exhaustion.queued()).isEqualTo(18);
            assertThat(exhaustion.oldestTask()).isEqualTo(SECOND);
        });
    }

    @Test
    void exhaustion_goesOn_whileAWorkerIsBetweenTwoTasks() throws InterruptedException {
        OpenPool pool = pool("mail", 3);
        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);

        for (int i = 0; i < 8; i++) {
            pool.between = i % 2;
            sampler.check(T0 + SECOND + i * SECOND / 10);
        }
        pool.between = 0;
        sampler.check(T0 + 5 * SECOND);

        assertThat(exhaustions).hasSize(1);
    }

    @Test
    void exhaustion_endsOnce_whenNothingOldWaitsForAThreshold() throws InterruptedException {
        OpenPool pool = pool("mail", 3);
        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);
        sampler.check(T0 + 3 * SECOND);

        pool.getQueue().clear();
        sampler.check(T0 + 4 * SECOND - 1);
        assertThat(exhaustions).hasSize(1);
        sampler.check(T0 + 4 * SECOND);
        sampler.check(T0 + 5 * SECOND);

        assertThat(exhaustions).hasSize(2);
        assertThat(exhaustions.get(0).ongoing()).isTrue();
        PoolExhaustion last = exhaustions.get(1);
        assertThat(last.ongoing()).isFalse();
        assertThat(last.id()).isEqualTo(exhaustions.get(0).id());
        assertThat(last.start()).isEqualTo(T0);
        assertThat(last.nanos()).isEqualTo(3 * SECOND);
    }

    /** Two mailboxes that queue themselves again and again: workers take "the same task" all the time. */
    @Test
    void tasksThatAreTheSameObject_areCounted() throws InterruptedException {
        OpenPool pool = pool("mail", 0);
        Runnable mailbox = () -> {};
        Runnable other = () -> {};
        for (int i = 0; i < 50; i++) {
            pool.execute(mailbox);
            pool.execute(other);
        }
        StallsightQueue queue = StallsightQueues.add(pool);
        assertThat(queue.isCounting()).isFalse();

        sampler.sample(new Interval(T0, SECOND, 0));

        assertThat(queue.isCounting()).isTrue();
        pool.getQueue().clear();
        sampler.sample(new Interval(T0 + SECOND, SECOND, 0));
        assertThat(queue.isCounting()).isFalse();
    }

    /** The workers of a pool in which Netty's loops run, before the agent knows them as loops. */
    @Test
    void fullPoolWhoseWorkersRunEventLoops_isNotExhausted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        pool(
                "loops",
                3,
                () -> Orders.find(() -> {
                    running.countDown();
                    awaitEnd();
                }));
        running.await();

        sampler.sample(new Interval(T0, SECOND, 0));
        sampler.check(T0 + SECOND);
        sampler.check(T0 + 3 * SECOND);

        assertThat(exhaustions).isEmpty();
    }

    /** The same pool as it is and as it would be if the agent had not run for eleven seconds. */
    @Test
    void timeInWhichTheProcessWasStopped_exhaustsNoPool() throws InterruptedException {
        pool("mail", 3);
        long begin = System.nanoTime();
        sampler.step(begin);
        sampler.sample(new Interval(begin, SECOND, 0));
        for (long now = begin; now < begin + SECOND / 4; now += SECOND / 20) {
            sampler.step(now);
        }

        sampler.step(begin + 11 * SECOND);
        assertThat(exhaustions).isEmpty();
        for (long now = begin + 11 * SECOND; now < begin + 12 * SECOND; now += SECOND / 20) {
            sampler.step(now);
        }
        assertThat(exhaustions).hasSize(1);
    }

    /** As the pool in which a pool of connections opens them: one after the other, all asked for at once. */
    @Test
    void batchInAPoolOfOneThread_isExhaustedOnlyAfterTenThresholds() throws InterruptedException {
        pool("opener", 1, 9, this::awaitEnd);

        sampler.sample(new Interval(T0, SECOND, 0));
        for (long now = T0; now < T0 + 10 * SECOND; now += SECOND / 10) {
            sampler.check(now);
        }
        assertThat(exhaustions).isEmpty();

        sampler.check(T0 + 10 * SECOND);
        assertThat(exhaustions).hasSize(1);
    }

    @Test
    void poolOfOneThread_toWhichTasksComeBehindOthers_isExhausted() throws InterruptedException {
        OpenPool pool = pool("mail", 1, 3, this::awaitEnd);
        sampler.sample(new Interval(T0, SECOND, 0));

        for (int i = 0; i < 5; i++) {
            pool.execute(() -> {});
        }
        sampler.check(T0 + SECOND);

        assertThat(exhaustions).hasSize(1);
    }

    @Test
    void poolOfOneThread_thatSleeps_isNotExhausted() throws InterruptedException {
        OpenPool pool = pool("limiter", 1, 3, PoolSamplerTest::sleep);
        while (pool.threads.get(0).getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        sampler.sample(new Interval(T0, SECOND, 0));

        for (int i = 0; i < 5; i++) {
            pool.execute(() -> {});
        }
        sampler.check(T0 + SECOND);

        assertThat(exhaustions).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
