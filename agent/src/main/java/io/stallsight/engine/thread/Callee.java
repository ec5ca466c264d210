package io.stallsight.engine.thread;

import io.stallsight.engine.memory.ClassMap;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Something of the application whose methods the agent calls: a thread predicate, the executors of one class.
 *
 * <p><b>Problem.</b> A method of the application may never return: it waits for a lock that is not released, or for a
 * server that does not answer. Then the thread of the agent that called it is lost.
 *
 * <p><b>Algorithm.</b> The threads of the agent that may be lost ({@link CallingThread}) call such methods through
 * {@link #call}. The watching thread looks how long a call lasts, see {@link CallingThread#look}. One that hangs is
 * given up: another thread goes on in place of the lost one, and the method is not called again about that object.
 * After {@value #MAX_HUNG} objects it is not called about any other one either.
 *
 * <p><b>Invariants.</b> No more than {@value #MAX_HUNG} threads are lost for one callee, beside those whose calls began
 * at the same moment. Objects are held weakly. Any thread may call; only a thread of the agent is ever given up.
 */
public final class Callee {

    static final int MAX_HUNG = 3;

    private static final ClassMap<Callee> OF_CLASSES =
            new ClassMap<>(type -> new Callee("nothing more is read of this object of class " + type.getName()));

    private final String consequence;
    private final List<WeakReference<Object>> hung = new CopyOnWriteArrayList<>();

    /** @param consequence what follows from a call that hangs, for people: "its queue is not counted any more" */
    public Callee(String consequence) {
        this.consequence = consequence;
    }

    /** The objects of one class, whose own methods are called. */
    public static Callee ofClass(Class<?> type) {
        return OF_CLASSES.get(type);
    }

    /**
     * Calls a method of the application, which may throw what it likes.
     *
     * @param about the object that the method is about
     * @param unknown the result if the method hung before
     */
    public <T> T call(Object about, Supplier<T> method, T unknown) {
        CallInProgress call = AgentThread.callOfCurrent();
        if (call == null || call.isInProgress()) {
            return method.get();
        }
        if (isGivenUp(about)) {
            return unknown;
        }
        call.begin(this, about);
        try {
            return method.get();
        } finally {
            call.end();
        }
    }

    /** Whether methods about the object are not called any more by threads that may be lost. */
    public boolean isGivenUp(Object about) {
        if (hung.isEmpty()) {
            return false;
        }
        return hung.size() >= MAX_HUNG || hung.stream().anyMatch(object -> object.refersTo(about));
    }

    void giveUp(Object about) {
        hung.add(new WeakReference<>(about));
    }

    String consequence() {
        return consequence;
    }
}
