package io.stallsight.engine.stack;

import io.stallsight.engine.memory.BoundedMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * The lines of the application from which its loops run. Thread-safe.
 *
 * <p><b>Problem.</b> A line of the application often stands at the bottom of a loop's stack all the time: {@code main}
 * calls {@code eventloop.run()}, or a thread factory wraps the runnable of each thread. Where a library blocks such a
 * loop on its own account, that line would be the first application frame. But it started the loop long ago and has
 * nothing to do with the call.
 *
 * <p><b>Algorithm.</b> When a loop waits for work for the first time, no work is on its stack: each line of the
 * application there is one that runs the loop. A loop that the application has written itself waits at one line and
 * works at others, so its work keeps its lines.
 *
 * <p><b>Given up.</b> A hand-written loop that waits and blocks in one and the same line is blamed only if nothing else
 * can be. A call before the first wait has the line, which is where the application prepares its loop.
 */
final class LoopStarts {

    /** An application starts its loops at few lines. */
    private static final int MAX_LINES = 500;

    private record Line(String className, String method, int number) {}

    private final BoundedMap<Line, Line> lines = new BoundedMap<>(MAX_LINES);

    /**
     * A loop waits for work with this stack for the first time. On the thread of the loop.
     *
     * @param isApplication whether a frame may be a site
     */
    void waits(List<StackTraceElement> stack, Predicate<StackTraceElement> isApplication) {
        for (StackTraceElement frame : stack) {
            if (frame.getLineNumber() > 0 && isApplication.test(frame)) {
                lines.putIfAbsent(line(frame), line(frame));
            }
        }
    }

    boolean has(StackTraceElement frame) {
        return frame.getLineNumber() > 0 && lines.get(line(frame)) != null;
    }

    private static Line line(StackTraceElement frame) {
        return new Line(frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
    }
}
