package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.FutureRule;
import io.stallsight.engine.reflect.Completions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Over classes of the test: those of the JDK are closed to a unit test. */
class FutureChainsTest {

    private static class Task {
        Object result;
        Thread runner;
    }

    private static final class SpecialTask extends Task {}

    private static final class Result {
        Object waiter;
        Object unnamed = new Object();
    }

    private final FutureChains chains = new FutureChains(new Completions(List.of(
            new FutureRule(Task.class.getName(), List.of("result"), "runner", Set.of(), null, null),
            new FutureRule(Result.class.getName(), List.of("waiter"), null, Set.of(), null, null))));

    private final Task task = new SpecialTask();
    private final Result result = new Result();

    @Test
    void reachable_followsTheNamedFields_alsoOfSuperclasses() {
        Object waiter = new Object();
        task.result = result;
        result.waiter = waiter;

        assertThat(chains.reachable(List.of(task))).containsExactlyInAnyOrder(task, result, waiter);
    }

    @Test
    void reachable_inACycle_ends() {
        task.result = result;
        result.waiter = task;

        assertThat(chains.reachable(List.of(task))).containsExactlyInAnyOrder(task, result);
    }

    @Test
    void runner_isTheThreadThatRunsTheTask() {
        task.runner = Thread.currentThread();

        assertThat(chains.runner(task)).isSameAs(Thread.currentThread());
        assertThat(chains.runner(result)).isNull();
    }
}
