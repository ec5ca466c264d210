package io.stallsight.engine;

import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The parts of one attach: started in their order, stopped in the reverse one. All or nothing: if one cannot be
 * started, those before it are stopped, and the JVM is as it was.
 */
final class Parts {

    private final List<Part> parts;

    /** The last started first. */
    private final Deque<Part> running = new ArrayDeque<>();

    Parts(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** What a part throws is thrown, after everything was stopped again. */
    synchronized void start() {
        try {
            for (Part part : parts) {
                running.push(part); // before its start, which may fail half-way
                StallsightSpan work = StallsightHook.beginAgentWork();
                try {
                    part.start();
                } finally {
                    StallsightHook.endAgentWork(work);
                }
            }
        } catch (Throwable failure) { // code of the application may throw checked exceptions undeclared
            stop();
            throw failure;
        }
    }

    /** The agent is detached. */
    synchronized void stop() {
        stopEach(running.iterator());
    }

    /** The JVM ends. */
    synchronized void exit() {
        stopEach(running.stream().filter(Part::stopsAtExit).toList().iterator());
        running.clear();
    }

    /** An error of one part is counted and does not keep the others from being stopped. */
    private void stopEach(Iterator<Part> all) {
        boolean interrupted = false;
        while (all.hasNext()) {
            StallsightSpan work = StallsightHook.beginAgentWork();
            try {
                all.next().stop();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (Throwable e) {
                StallsightErrors.suppress(e);
            } finally {
                StallsightHook.endAgentWork(work);
            }
        }
        running.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
