package io.stallsight.engine.pool;

import io.stallsight.engine.stack.Stacks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which workers use a class for the first time. Used by the sampling thread.
 *
 * <p><b>Problem.</b> The first requests of a service all need the same classes. One worker loads, links or initialises
 * a class, and the others wait for it inside the JVM. Such a wait has no frame of its own, and most have no state: the
 * waiting thread is runnable, at the line that needs the class. Only a wait for linking on JDK 17 shows a monitor, see
 * {@link io.stallsight.engine.thread.ThreadGlance#waitsForNobody}.
 *
 * <p><b>Algorithm.</b> The stack of the initialising worker has that line as well, below the frame of the class's
 * initializer. A runnable worker whose innermost frame is that line waits for the same class.
 *
 * <p><b>Given up.</b> A worker that needs the class at another line counts as computing.
 */
final class FirstUses {

    private static final String INITIALIZER = "<clinit>";

    private final Stacks stacks;

    FirstUses(Stacks stacks) {
        this.stacks = stacks;
    }

    /** How many of these workers load, link or initialise a class, or wait for another worker that does. */
    long count(List<WorkerStacks.Glimpse> glimpses) {
        Set<StackTraceElement> uses = new HashSet<>();
        for (WorkerStacks.Glimpse glimpse : glimpses) {
            addUses(glimpse.stack(), uses);
        }
        return glimpses.stream()
                .filter(glimpse -> stacks.isNobodysWork(glimpse.stack())
                        || glimpse.glance().waitsForNobody()
                        || glimpse.state() == Thread.State.RUNNABLE
                                && uses.contains(glimpse.stack().get(0)))
                .count();
    }

    private static void addUses(List<StackTraceElement> stack, Set<StackTraceElement> uses) {
        for (int i = 1; i < stack.size(); i++) {
            if (stack.get(i - 1).getMethodName().equals(INITIALIZER)) {
                uses.add(stack.get(i));
            }
        }
    }
}
