package io.stallsight.engine.memory;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * What the engine knows of each class, found out once. Thread-safe.
 *
 * <p><b>Problem.</b> What is known of a class refers to it: to its methods, for example. A map of the engine would keep
 * the class loaders of web applications that are undeployed. In a {@link ClassValue} the class keeps what is known. But
 * then a class of the JDK, which is never unloaded, keeps it after a detach, and with it the engine and its loader.
 *
 * <p><b>Algorithm.</b> A {@link ClassValue}, and a list of the classes, held weakly, for which it has a value.
 * {@link #forgetAll} takes all values of all these maps out of their classes. From then on nothing is stored: a hook
 * that was under way at the detach may still ask.
 *
 * @param <V> the type of what is known
 */
public final class ClassMap<V> {

    private static final Queue<ClassMap<?>> ALL = new ConcurrentLinkedQueue<>();

    private final Function<Class<?>, V> find;
    private volatile boolean forgotten;
    private final Queue<WeakReference<Class<?>>> classes = new ConcurrentLinkedQueue<>();
    private final ClassValue<V> values = new ClassValue<>() {
        @Override
        protected V computeValue(Class<?> type) {
            classes.add(new WeakReference<>(type));
            return find.apply(type);
        }
    };

    /** @param find finds out what there is to know of a class */
    public ClassMap(Function<Class<?>, V> find) {
        this.find = find;
        ALL.add(this);
    }

    public V get(Class<?> type) {
        if (forgotten) {
            return find.apply(type);
        }
        V value = values.get(type);
        if (forgotten) {
            values.remove(type); // it was stored after the others were taken out
        }
        return value;
    }

    /** The engine ends: no class keeps anything of it. */
    public static void forgetAll() {
        for (ClassMap<?> map = ALL.poll(); map != null; map = ALL.poll()) {
            map.forget();
        }
    }

    private void forget() {
        forgotten = true;
        for (WeakReference<Class<?>> reference = classes.poll(); reference != null; reference = classes.poll()) {
            Class<?> type = reference.get();
            if (type != null) {
                values.remove(type);
            }
        }
    }
}
