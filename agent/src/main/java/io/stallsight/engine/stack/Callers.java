package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightThread;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the application frame on the stack of the current thread that caused its work. */
public final class Callers {

    /** The search ends at this depth. */
    private static final int MAX_FRAMES = 256;

    private final Naming naming;

    /** Classes with the loop that runs a worker's tasks. */
    private final Set<String> workers = new HashSet<>();

    private final Set<String> connectionPools = new HashSet<>();

    public Callers(List<Point> points, Naming naming) {
        this.naming = naming;
        for (Point point : points) {
            if (point.type().isOfWorkers()) {
                workers.add(point.owner());
            }
            if (point.type() == Point.Type.LEND) {
                connectionPools.add(point.owner());
            }
        }
    }

    /**
     * The application frame that called, as far as one did: a frame outside of the loop that runs a worker's tasks only
     * started the worker. Called by the thread itself.
     */
    @Nullable
    public StackTraceElement caller() {
        return StackWalker.getInstance().walk(this::caller);
    }

    /**
     * The line that calls the constructor of class {@code made}, which runs on the current thread, if that line is the
     * application's; else null. Called by the thread itself.
     */
    @Nullable
    public StackTraceElement maker(String made) {
        return StackWalker.getInstance().walk(frames -> maker(made, frames));
    }

    private @Nullable StackTraceElement maker(String made, Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> walk = frames.iterator();
        while (walk.hasNext()) {
            StackWalker.StackFrame frame = walk.next();
            String className = frame.getClassName();
            if (!className.equals(made) && !AgentFrames.isAgent(className)) {
                return naming.isApplication(className) ? naming.inFile(frame.toStackTraceElement()) : null;
            }
        }
        return null;
    }

    private @Nullable StackTraceElement caller(Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> walk = frames.iterator();
        StackWalker.StackFrame uncatalogued = null;
        for (int depth = 0; depth < MAX_FRAMES && walk.hasNext(); depth++) {
            StackWalker.StackFrame frame = walk.next();
            String className = frame.getClassName();
            if (AgentFrames.isAgent(className)) {
                continue;
            }
            int nested = className.indexOf('$');
            String outer = nested < 0 ? className : className.substring(0, nested);
            if (workers.contains(outer) || connectionPools.contains(outer) && !isServingItsOwnBorrower()) {
                break;
            }
            if (naming.isApplication(className)) {
                return naming.inFile(frame.toStackTraceElement());
            }
            if (uncatalogued == null && naming.isUncatalogued(className)) {
                uncatalogued = frame;
            }
        }
        return uncatalogued == null ? null : naming.inFile(uncatalogued.toStackTraceElement());
    }

    /**
     * The first thread at a pool of connections works for the borrowers that come meanwhile, too: their frames are
     * elsewhere.
     */
    private static boolean isServingItsOwnBorrower() {
        StallsightThread state = StallsightHook.current();
        return state != null && state.servesOwnBorrower();
    }
}
