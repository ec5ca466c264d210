package io.stallsight.engine.detect;

import io.stallsight.engine.memory.BoundedMap;
import io.stallsight.engine.stack.Callers;
import io.stallsight.engine.stack.LimitNames;
import io.stallsight.engine.stack.WalkLimit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the application that make semaphores.
 *
 * <p><b>Problem.</b> Most semaphores live as long as the service. But a service may also make one for each request, to
 * bound what that request starts at once. Each of those would be one more pool to be read.
 *
 * <p><b>Algorithm.</b> Of one line, the first {@value #MAX_AT_FIRST} semaphores are followed, and one a second after
 * that. Walks of the stack are limited for all lines together, since libraries make semaphores as well.
 *
 * <p><b>Given up.</b> The waits for the semaphores that are left out. Used by any thread.
 */
final class LimitMakers {

    /** In a second; each takes about two microseconds. */
    private static final int MAX_WALKS = 500;

    private static final int MAX_AT_FIRST = 16;
    private static final int MAX_LINES = 1_000;

    private final Callers callers;
    private final LimitNames names;
    private final WalkLimit walks = new WalkLimit(MAX_WALKS);
    private final BoundedMap<StackTraceElement, Line> lines = new BoundedMap<>(MAX_LINES);

    /** How many semaphores a line has made; threads may overtake each other here. */
    private static final class Line {
        private int made;
        private final WalkLimit later = new WalkLimit(1);

        boolean isFollowed() {
            if (made < MAX_AT_FIRST) {
                made++;
                return true;
            }
            return later.mayWalk();
        }
    }

    LimitMakers(Callers callers, LimitNames names) {
        this.callers = callers;
        this.names = names;
    }

    /** The name of {@code semaphore}, which this thread makes; null if it is not followed. */
    @Nullable
    String nameOf(Object semaphore) {
        StackTraceElement maker =
                walks.mayWalk() ? callers.maker(semaphore.getClass().getName()) : null;
        if (maker == null) {
            return null;
        }
        Line line = lines.get(maker);
        if (line == null) {
            line = lines.putIfAbsent(maker, new Line());
        }
        return line.isFollowed() ? names.of(maker) : null;
    }
}
