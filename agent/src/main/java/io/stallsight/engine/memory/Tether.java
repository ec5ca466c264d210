package io.stallsight.engine.memory;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds an object as long as a class loader of the application lives, and does not keep that loader alive.
 *
 * <p><b>Problem.</b> A predicate that an application gives to the agent refers to the application's classes. If the
 * agent held it strongly, a web application that is undeployed would stay in memory for ever. If the agent held it
 * weakly, the next garbage collection would take it, because nobody else holds it. A {@code WeakHashMap} with the
 * loader as its key does not help: the value refers to its own key.
 *
 * <p><b>Algorithm.</b> The object is stored in a {@link ClassValue} of a class of that loader, so it is the application
 * that holds it. The agent has a weak reference. Both go together with the loader.
 *
 * <p><b>Invariants.</b> The object is reachable as long as the class is. {@link #release} takes it out of the class, so
 * that a detached agent leaves nothing there. Thread-safe: the sets of all classes are guarded by {@code HELD}.
 *
 * @param <T> type of the object
 */
public final class Tether<T> {

    private static final ClassValue<Set<Object>> HELD = new ClassValue<>() {
        @Override
        protected Set<Object> computeValue(Class<?> type) {
            return new HashSet<>();
        }
    };

    /** Compares by identity, since the object may come from the application. */
    private static final class Held {
        @SuppressWarnings({"unused", "FieldCanBeLocal"}) // to hold it is all that this class does
        private final Object object;

        Held(Object object) {
            this.object = object;
        }
    }

    private final WeakReference<T> object;
    private final WeakReference<Held> held;
    private final WeakReference<Class<?>> holder;

    private Tether(Class<?> holder, T object) {
        Held entry = new Held(object);
        synchronized (HELD) { // no set that another thread is about to take out
            HELD.get(holder).add(entry);
        }
        this.object = new WeakReference<>(object);
        this.held = new WeakReference<>(entry);
        this.holder = new WeakReference<>(holder);
    }

    /** The object lives as long as {@code holder}, a class of the application. */
    public static <T> Tether<T> toClass(Class<?> holder, T object) {
        return new Tether<>(holder, object);
    }

    /**
     * The object lives as long as {@code loader}. A proxy class in the loader holds it, because a loader that has just
     * been seen may have no class so far.
     */
    public static <T> Tether<T> toLoader(ClassLoader loader, T object) {
        Object proxy = Proxy.newProxyInstance(
                loader, new Class<?>[] {Runnable.class}, (self, method, arguments) -> null); // nobody calls it
        return new Tether<>(proxy.getClass(), object);
    }

    /** Null once the loader is gone, or after {@link #release}. */
    public @Nullable T get() {
        return object.get();
    }

    /** Whether the loader is gone, or the object was released. */
    public boolean isGone() {
        return object.refersTo(null);
    }

    /** Lets go of the object before its loader is gone. */
    public void release() {
        Class<?> from = holder.get();
        Held entry = held.get();
        object.clear();
        if (from != null && entry != null) {
            synchronized (HELD) {
                Set<Object> ofClass = HELD.get(from);
                ofClass.remove(entry);
                if (ofClass.isEmpty()) {
                    HELD.remove(from);
                }
            }
        }
    }
}
