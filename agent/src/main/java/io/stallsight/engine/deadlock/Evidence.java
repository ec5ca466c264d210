package io.stallsight.engine.deadlock;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.fact.SelfDeadlock.Certainty;
import io.stallsight.engine.reflect.Completions;
import io.stallsight.engine.reflect.References;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What proves that a wait is one for the loop's own tasks, or makes it likely. Used by the sampling thread.
 *
 * <p><b>Problem.</b> A queued task that refers to the object of the wait proves nothing: it may look at it, log it, or
 * complete it only if nobody else has. And the agent cannot find all others that may complete it, since it cannot read
 * the stacks of other threads.
 *
 * <p><b>Algorithm.</b> It is proven if every object on the way from a queued task to the object is there to complete
 * the next one ({@link Completions}): a {@code FutureTask} is the object itself, the task of {@code supplyAsync}
 * completes its future, an operator its subscriber. The same holds for what the tick has started on a channel, which
 * only its loop moves, if the last step completes. Any other way is a suspicion, and so is a proven way if another
 * thread has the object at hand ({@link Bystanders}). If both are so, there is nothing to report.
 */
final class Evidence {

    /** @param path names of the classes from the task to the object of the wait */
    record Found(Certainty certainty, List<String> path) {}

    private final QueuedWork work;
    private final Completions completions;
    private final References references = new References();
    private final Bystanders bystanders;

    Evidence(Catalog catalog, Completions completions) {
        this.work = new QueuedWork(catalog.pools());
        this.bystanders = new Bystanders(references, work);
        this.completions = completions;
    }

    /** The next look is at another moment. */
    void nextStep() {
        bystanders.forget();
        work.forget();
    }

    /** How many objects all searches have looked at. */
    long visited() {
        return references.visited();
    }

    /**
     * Looks for a way from the tasks of {@code from} on the executor of {@code on} to the object that {@code from}
     * waits for.
     *
     * @param waiting all loops that wait
     * @param suspect whether a suspicion is wanted, too
     */
    @Nullable
    Found find(WaitingLoop from, WaitingLoop on, List<WaitingLoop> waiting, boolean suspect) {
        Object executor = on.executor();
        Object target = from.target();
        List<Object> roots = executor == null ? List.of() : work.of(from, executor, target);
        if (roots.isEmpty()) {
            return null;
        }
        List<String> completing = references.completingPath(roots, target, completions);
        if (completing != null) {
            boolean isOnly = !bystanders.have(target, from, on, waiting);
            return isOnly || suspect ? new Found(isOnly ? Certainty.PROVEN : Certainty.SUSPECTED, completing) : null;
        }
        List<Object> owners = roots.stream().filter(completions::isOwner).toList();
        List<String> owned = owners.isEmpty() ? null : references.pathToCompleting(owners, target, completions);
        if (owned != null) {
            return new Found(Certainty.PROVEN, owned);
        }
        if (!suspect || !completions.isResult(target)) {
            return null;
        }
        List<String> any = references.path(roots, target);
        return any == null || bystanders.have(target, from, on, waiting) ? null : new Found(Certainty.SUSPECTED, any);
    }
}
