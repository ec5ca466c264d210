package io.stallsight.hook;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of all threads that have one.
 *
 * <p><b>Problem.</b> A hook finds the state of its thread in a thread-local, which is the fastest way. But
 * thread-locals get lost: workers of the common pool clear them (JDK 17: after each task, 25: in the middle of their
 * idle point, see {@code ForkJoinWorkerThread.resetThreadLocals}), and so do libraries, by reflection. A thread that
 * got another state would leave a tick that never ends, and a wait for work that ends without having begun.
 *
 * <p><b>Algorithm.</b> Each state is also in this map, by the identity of its thread. A hook looks here only if its
 * thread-local is empty, so the usual path costs nothing more. A thread leaves the map when it ends.
 *
 * <p><b>Invariants.</b> No method of a thread is called, since an application may override {@code equals} and
 * {@code hashCode}. The map holds neither threads nor states: as long as the engine watches a thread, the engine holds
 * its state, otherwise the thread-local does.
 *
 * <p><b>Given up.</b> The state of a thread that may block can be collected after its thread-locals were cleared. The
 * thread then begins afresh, and the run of one task is not measured.
 */
public final class StallsightStates {

    private static final StallsightIdentityMap<WeakReference<StallsightThread>> STATES = new StallsightIdentityMap<>();

    private StallsightStates() {}

    /** The state of its thread is {@code state} from here on. */
    static void put(StallsightThread state) {
        STATES.put(state.thread(), new WeakReference<>(state));
    }

    /** The state of {@code thread}, or null if it has none. */
    static StallsightThread find(Thread thread) {
        WeakReference<StallsightThread> state = STATES.get(thread);
        return state == null ? null : state.get();
    }

    /** The state of another thread, or null if it has none. Called by any thread. */
    public static StallsightThread of(Thread thread) {
        return find(thread);
    }

    /**
     * False if {@code thread} certainly has no state, which is so for most virtual threads. It does not look at
     * thread-locals, since that would give each virtual thread a map of them.
     */
    static boolean mayHave(Thread thread) {
        return StallsightVirtualThreads.areWatched()
                || !StallsightVirtualThreads.isVirtual(thread)
                || hasSelecting(thread);
    }

    /** Whether the virtual {@code thread} has a state because it waited in a selector. */
    static boolean hasSelecting(Thread thread) {
        return StallsightVirtualThreads.maySelect() && find(thread) != null;
    }

    /** The thread ends. */
    static void remove(Thread thread) {
        STATES.remove(thread);
    }

    /** All states at the moment. Called by any thread. */
    public static List<StallsightThread> all() {
        List<StallsightThread> all = new ArrayList<>();
        for (WeakReference<StallsightThread> each : STATES.values()) {
            StallsightThread state = each.get();
            if (state != null) {
                all.add(state);
            }
        }
        return all;
    }

    /** How many threads have a state, as far as is known. */
    public static int size() {
        return STATES.size();
    }
}
