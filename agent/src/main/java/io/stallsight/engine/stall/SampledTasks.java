package io.stallsight.engine.stall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The tasks of a loop without a framework, as samples show them: the only source where no hook counts them.
 *
 * <p><b>Problem.</b> A thread that selects and then runs tasks of a queue of its own is a loop without a framework. A
 * tick with many short tasks looks like one long computation: all samples share the lines that the tasks have in
 * common.
 *
 * <p><b>Algorithm.</b> The outermost frame of the application is the loop's own. The frame that it calls is a task's if
 * it has the name of a functional method ({@code run}, {@code call} ...) or is a lambda. If that frame is another one
 * in the next sample, one task has ended and another has begun.
 *
 * <p><b>Given up.</b> Two tasks of one class or lambda look like one. So this is a lower bound, and a tick of equal
 * tasks stays a computation.
 */
final class SampledTasks {

    /** Fewer are not many. */
    private static final int MIN_MANY = 5;

    /** The share of the samples that have to show another task than the one before. */
    private static final double MIN_CHANGES = 0.3;

    private static final List<String> TASK_METHODS = List.of("run", "call", "accept", "apply", "execute", "get");
    private static final String LAMBDA = "lambda$";

    private final List<StackTraceElement> seen = new ArrayList<>();
    private int begun;

    SampledTasks(List<LoopSamples.Sample> samples, Predicate<StackTraceElement> isApplication) {
        String last = null;
        for (LoopSamples.Sample sample : samples) {
            int at = task(sample.stack(), isApplication);
            if (at >= 0) {
                StackTraceElement task = sample.stack().get(at);
                StackTraceElement shown =
                        isHidden(task) && at > 0 ? sample.stack().get(at - 1) : task;
                if (!isHidden(shown)) {
                    seen.add(shown);
                }
                String name = task.getClassName() + '.' + task.getMethodName(); // with the number of a lambda
                begun += name.equals(last) ? 0 : 1;
                last = name;
            }
        }
    }

    /** The name of a hidden class, as a lambda's is, has a number of the run behind a slash. */
    private static boolean isHidden(StackTraceElement frame) {
        return frame.getClassName().indexOf('/') >= 0;
    }

    /** The index of the task's frame, -1 if there is none. */
    private static int task(List<StackTraceElement> stack, Predicate<StackTraceElement> isApplication) {
        int loop = stack.size() - 1;
        while (loop >= 0 && !isApplication.test(stack.get(loop))) {
            loop--;
        }
        if (loop < 1) {
            return -1;
        }
        StackTraceElement called = stack.get(loop - 1);
        String method = called.getMethodName();
        return TASK_METHODS.contains(method) || method.startsWith(LAMBDA) ? loop - 1 : -1;
    }

    /** The number of tasks that have begun, at least. */
    int begun() {
        return begun;
    }

    boolean areMany() {
        return begun >= MIN_MANY && begun >= MIN_CHANGES * seen.size();
    }

    /** The frame of the task in each sample that has one. */
    List<StackTraceElement> seen() {
        return seen;
    }
}
