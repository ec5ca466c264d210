package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.LentWorker;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.contention.ContentionWatch;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.loop.LoopSampler;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.watch.Interval;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A thread that its library lends to work that may block is judged nowhere meanwhile: not at hooks, nor from outside.
 */
class LentThreadTest {

    private static final int RUN = 1;

    private final Catalog catalog = TestCatalogs.of("""
            {"loop": [{"at": "poll", "class": "com.acme.Fiber", "methods": "run"}],
             "threads": [{"class": "com.acme.LentWorker", "lent": "blocking"}]}
            """);
    private final Detection detection = TestDetectors.detection(catalog, TestDetectors.config("threshold.blocking=0"));
    private final List<BlockingCall> calls = new CopyOnWriteArrayList<>();
    private final CallListener listener = (call, delivery) -> calls.add(call);
    private final Calls judge = new Calls(detection, listener);
    private final LentWorker worker = new LentWorker(() -> StallsightLoops.poll(RUN, this, null));

    private void startWorker() throws InterruptedException {
        StallsightAgent.attach(TestDetectors.of(detection, judge, listener), new HookTable(catalog).flags());
        worker.start();
        worker.awaitTick();
    }

    @AfterEach
    void end() throws InterruptedException {
        worker.end();
        StallsightAgent.detach();
    }

    private List<BlockingCall> contend() throws InterruptedException {
        ContentionWatch watch = new ContentionWatch(
                detection.nonBlocking(), detection.glimpses(), new StackTaker(new StopBudget(10)), judge, listener);
        watch.hurry();
        synchronized (worker.monitor()) {
            worker.goOn();
            while (worker.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            watch.look(System.nanoTime(), System.nanoTime());
        }
        worker.awaitNeeded();
        while (worker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        watch.look(System.nanoTime(), System.nanoTime());
        watch.look(System.nanoTime(), System.nanoTime());
        return calls;
    }

    @Test
    void contendedMonitor_ofAWorkerThatWorks_isReported() throws InterruptedException {
        startWorker();
        assertThat(contend()).hasSize(1);
    }

    @Test
    void contendedMonitor_ofALentWorker_isNot() throws InterruptedException {
        startWorker();
        worker.lend(true);
        assertThat(contend()).isEmpty();
    }

    @Test
    void loop_whoseThreadIsLent_hasNoSampleUntilItWorksAgain() throws InterruptedException {
        startWorker();
        List<Fact> facts = new ArrayList<>();
        LoopSampler sampler = new LoopSampler(
                detection.nonBlocking(), detection.glimpses(), new Gauges(catalog.gauges()), facts::add);
        sampler.sample(interval());
        sampler.sample(interval());
        assertThat(facts).hasSize(1).allMatch(LoopSample.class::isInstance);

        worker.lend(true);
        sampler.sample(interval());
        assertThat(facts).as("samples while it is lent").hasSize(1);

        worker.lend(false);
        sampler.sample(interval());
        sampler.sample(interval());
        assertThat(facts).as("samples when it works again").hasSize(2);
    }

    private static Interval interval() {
        return new Interval(System.nanoTime(), 1_000_000_000L, 0);
    }
}
