package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The numbers of real pools. Their private fields are closed to a unit test, those of the test's own pool are not. */
class PoolReaderTest {

    /** Of another library, so to say. */
    static class OwnPool {
        final List<Thread> threads = List.of(new Thread("own-1"), new Thread("own-2"));
        private final Inner inner = new Inner();

        public int busy() {
            return 2;
        }

        Inner inner() {
            return inner;
        }
    }

    static final class OwnLoop extends OwnPool {}

    static final class Inner {
        final int waiting = 5;

        long fails() {
            throw new IllegalStateException("asked too early");
        }
    }

    private final Catalog builtIn = TestCatalogs.builtIn(17);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
    }

    private PoolReader reader(Object pool) {
        return PoolReader.of(pool.getClass(), builtIn);
    }

    private ThreadPoolExecutor busy(int threads, BlockingQueue<Runnable> queue, int tasks) throws InterruptedException {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, queue);
        CountDownLatch begun = new CountDownLatch(threads);
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        begun.await();
        pool.shutdown();
        return pool;
    }

    @Test
    void threadPool_withWaitingTasks_isFull() throws InterruptedException {
        ThreadPoolExecutor pool = busy(2, new ArrayBlockingQueue<>(10), 5);

        PoolReading reading = reader(pool).read(pool);

        assertThat(reading.active()).isEqualTo(2);
        assertThat(reading.size()).isEqualTo(2);
        assertThat(reading.max()).isEqualTo(2);
        assertThat(reading.queued()).isEqualTo(3);
        assertThat(reading.capacity()).isEqualTo(10);
        assertThat(reading.completed()).isZero();
        assertThat(reading.isFull()).isTrue();
        assertThat(reader(pool).waiting(pool, 2)).hasSize(2);
    }

    @Test
    void threadPool_withoutWaitingTasks_isNotFull() throws InterruptedException {
        ThreadPoolExecutor pool = busy(2, new LinkedBlockingQueue<>(), 2);

        PoolReading reading = reader(pool).read(pool);

        assertThat(reading.active()).isEqualTo(2);
        assertThat(reading.capacity()).isEqualTo(-1);
        assertThat(reading.isFull()).isFalse();
    }

    @Test
    void threadPool_withAQueueThatThrows_doesNotTellWhatWaits() throws InterruptedException {
        BlockingQueue<Runnable> broken = new LinkedBlockingQueue<>() {
            @Override
            public int remainingCapacity() {
                throw new UnsupportedOperationException("too expensive");
            }
        };
        ThreadPoolExecutor pool = busy(1, broken, 1);

        PoolReading reading = reader(pool).read(pool);

        assertThat(reading.queued()).isEqualTo(-1);
        assertThat(reading.isFull()).isFalse();
    }

    @Test
    void scheduledPool_countsDueTasksOnly() throws InterruptedException {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        CountDownLatch begun = new CountDownLatch(1);
        pool.execute(() -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        pool.schedule(() -> {}, 1, TimeUnit.HOURS);
        PoolReading reading = reader(pool).read(pool);
        assertThat(reading.queued()).isZero();

        pool.execute(() -> {});
        reading = reader(pool).read(pool);

        assertThat(reading.queued()).isEqualTo(1);
        assertThat(reading.max()).isEqualTo(1);
        assertThat(reading.oldest()).isPositive();
        assertThat(reading.isFull()).isTrue();
        pool.shutdownNow();
    }

    @Test
    void forkJoinPool_tellsItsParallelism() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(3);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        pool.submit(() -> {
            begun.countDown();
            end.await();
            return null;
        });
        begun.await(); // a worker has it: a thread that joins might have run it itself

        PoolReader reader = reader(pool);
        PoolReading reading = reader.read(pool);
        end.countDown();

        assertThat(reading.max()).isEqualTo(3);
        assertThat(reading.size()).isPositive();
        assertThat(reading.isFull()).isFalse();
        assertThat(reader.splitsTasks()).isTrue();
        pool.shutdown();
        assertThat(reader.isOver(pool)).isEqualTo(pool.isTerminated());
    }

    @Test
    void poolOfTheCatalog_isAskedByItsPaths() {
        Catalog catalog = TestCatalogs.of("""
                {"pools": [{"class": "%s", "title": "Own", "active": "busy", "max": "4", "queued": "inner.waiting",
                  "completed": "inner.fails", "rejected": "inner.absent", "workers": "threads"}]}""".formatted(OwnPool.class.getName()));
        OwnPool pool = new OwnPool() {}; // a subclass
        PoolReader reader = PoolReader.of(pool.getClass(), catalog);

        PoolReading reading = reader.read(pool);

        assertThat(reader.title()).isEqualTo("Own");
        assertThat(reader.workers(pool)).isEqualTo(pool.threads);
        assertThat(reading.active()).isEqualTo(2);
        assertThat(reading.size()).isEqualTo(2);
        assertThat(reading.max()).isEqualTo(4);
        assertThat(reading.queued()).isEqualTo(5);
        assertThat(reading.completed()).isEqualTo(-1);
        assertThat(reading.rejected()).isEqualTo(-1);
        assertThat(reading.isFull()).isTrue();
    }

    /** A pool of fibres: its numbers are those of its workers. Its name is its own. */
    static final class Fibres {
        static final Fibres COMPUTE = new Fibres("compute");

        enum State {
            RUNNING,
            PARKED
        }

        static final class Worker {
            private final State state;
            private final boolean active;
            private final List<String> queue;

            Worker(State state, boolean active, String... queue) {
                this.state = state;
                this.active = active;
                this.queue = List.of(queue);
            }
        }

        private final AtomicReferenceArray<Worker> workers = new AtomicReferenceArray<>(4);
        private final List<String> global = List.of("a", "b");
        private final String name;

        Fibres(String name) {
            this.name = name;
            workers.set(0, new Worker(State.RUNNING, true, "c"));
            workers.set(2, new Worker(State.PARKED, true));
            workers.set(3, new Worker(State.RUNNING, false, "d", "e"));
        }
    }

    private static PoolReader fibres(String numbers) {
        Catalog catalog = TestCatalogs.of("""
                {"pools": [{"class": "%1$s", "title": "Fibres", "name": "name", "known": "%1$s#COMPUTE", "as": "The Compute Pool", %2$s}]}""".formatted(Fibres.class.getName(), numbers));
        return PoolReader.of(Fibres.class, catalog);
    }

    @Test
    void poolOfFibres_hasTheSumsOfItsWorkers() {
        PoolReading reading = fibres("""
                "active": "workers.*.state=RUNNING", "idle": "workers.*.active", "size": "workers.*", "queued": "global.size + workers.*.queue.size",
                "rejected": "global.size + workers.*.absent"
                """).read(new Fibres("io"));

        assertThat(reading.active()).isEqualTo(2);
        assertThat(reading.idle()).isEqualTo(2);
        assertThat(reading.size()).isEqualTo(3);
        assertThat(reading.queued()).isEqualTo(5);
        assertThat(reading.rejected()).as("a sum of which a part is unknown").isEqualTo(-1);
    }

    @Test
    void pool_isCalledAsItIsKnown_orByItsOwnName_andNeverByAnAddress() {
        PoolReader reader = fibres("\"max\": \"4\"");

        assertThat(reader.name(Fibres.COMPUTE)).isEqualTo("The Compute Pool");
        assertThat(reader.name(new Fibres("io"))).isEqualTo("io");
        assertThat(reader.name(new Fibres("Fibres@1f2e3d"))).isNull();
        assertThat(reader(new ForkJoinPool(1)).name(new Object())).isNull();
    }

    @Test
    void classWithoutRule_isNoPool() {
        assertThat(PoolReader.of(String.class, builtIn)).isNull();
    }

    /** Netty's event loops extend its executors, which are pools. */
    @Test
    void eventLoop_isNoPool() {
        Catalog catalog = TestCatalogs.of("""
                {"pools": [{"class": "%s", "title": "Own", "max": "1"}],
                 "loop": [{"at": "begin", "class": "%s", "methods": ["run()"]}]}""".formatted(OwnPool.class.getName(), OwnLoop.class.getName()));

        assertThat(PoolReader.of(OwnPool.class, catalog)).isNotNull();
        assertThat(PoolReader.of(OwnLoop.class, catalog)).isNull();
    }
}
