package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.weavecache.WeaveCache;
import io.stallsight.hook.StallsightNatives;
import io.stallsight.hook.StallsightPoints;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The weaving of one attach: put in by {@link #install}, taken out without a trace by {@link #remove}. */
public final class Installation {

    private final Instrumentation instrumentation;
    private final Catalog catalog;
    private final HookTable table;
    private final NativeMethods natives;
    private final WeavingThread thread;
    private final Weaver weaver;

    public Installation(
            Instrumentation instrumentation,
            Catalog catalog,
            HookTable table,
            WeaveCache cache,
            Weaver.ClassWatch classWatch) {
        this.instrumentation = instrumentation;
        this.catalog = catalog;
        this.table = table;
        this.natives = NativeMethods.of(catalog);
        this.thread = new WeavingThread(cache, this::weaveLate, this::keep);
        this.weaver = new Weaver(catalog, table, natives, cache, thread, classWatch);
        natives.points().forEach(table::woven);
    }

    /** Starts what goes on beside the application until the end of the JVM. */
    public void startThread() {
        thread.start();
    }

    public void stopThread() throws InterruptedException {
        thread.stop();
    }

    /** Weaves the classes that are loaded; the JVM calls the weaver for classes that it loads later. */
    public void install() {
        weaver.warmUp();
        instrumentation.addTransformer(weaver, true);
        Set<String> callers = new HashSet<>(catalog.callSiteClasses());
        retransform(loaded(type -> !type.isInterface() && concerns(type, callers)));
    }

    /**
     * Weaves hooks that were added to the catalog since, in classes that are loaded and in those that are loaded later.
     * The flags of the hooks are set before.
     */
    public void weave(List<Point> added) {
        StallsightPoints.setFlags(table.flags());
        Set<String> names = new HashSet<>();
        for (Point point : added) {
            if (point.type() == Point.Type.POLICY && natives.bindPolicy(point)) {
                table.woven(point);
            } else {
                names.add(point.owner());
            }
        }
        retransform(loaded(type -> names.contains(type.getName())));
    }

    /** Restores the original bytecode of every class that was changed. */
    public void remove() {
        StallsightNatives.unbindPolicies();
        instrumentation.removeTransformer(weaver);
        Set<String> changed = weaver.rewrittenClasses();
        retransform(loaded(type -> !catalog.pointsOf(type.getName()).isEmpty() || changed.contains(type.getName())));
    }

    private List<Class<?>> loaded(Predicate<Class<?>> wanted) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (instrumentation.isModifiableClass(loaded) && wanted.test(loaded)) {
                found.add(loaded);
            }
        }
        return found;
    }

    private boolean concerns(Class<?> loaded, Set<String> callers) {
        String name = loaded.getName();
        if (!catalog.pointsOf(name).isEmpty() || callers.contains(name)) {
            return true;
        }
        ClassLoader loader = loaded.getClassLoader();
        return loader != null
                && loader != getClass().getClassLoader()
                && !loaded.isHidden()
                && !loaded.isArray()
                && concerns(loaded, loader);
    }

    /**
     * Reads the class file of a class that was loaded before a late attach. If the JVM retransformed all classes
     * instead, the application would stop for seconds.
     */
    private boolean concerns(Class<?> loaded, ClassLoader loader) {
        String resource = loaded.getName().replace('.', '/') + ".class";
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? Proxy.isProxyClass(loaded) : weaver.mayConcern(loaded.getName(), in.readAllBytes());
        } catch (Throwable ofTheLoader) { // of any type: it is the application's code, and only this class is not woven
            return false;
        }
    }

    /** Weaves classes that have been loaded without their hooks. */
    private void weaveLate(List<WeavingThread.Unwoven> classes) {
        weaver.makeTools();
        keep(classes);
        if (!classes.isEmpty()) {
            retransform(loaded(type -> {
                for (WeavingThread.Unwoven each : classes) {
                    if (each.isOf(type)) {
                        return true;
                    }
                }
                return false;
            }));
        }
    }

    private void keep(List<WeavingThread.Unwoven> classes) {
        if (weaver.hasTools()) {
            classes.forEach(each -> weaver.keep(each.source()));
        }
    }

    /**
     * Before it retransforms a class, the JVM makes a class file of what it has loaded. If another thread links the
     * class for the first time at this moment, some bytecodes in that are rewritten for the interpreter already, and
     * the JVM crashes, or refuses the class if it verifies it: <a
     * href="https://bugs.openjdk.org/browse/JDK-8277444">JDK-8277444</a>. So the class is linked first. Reflection is
     * the way to do that without initialising it; it links before it looks at the members, whose types it may fail to
     * load.
     */
    private static void link(Class<?> type) {
        try {
            Object[] unused = type.isInterface() ? type.getDeclaredFields() : type.getDeclaredConstructors();
        } catch (Throwable ofItsMembers) { // of any type: their loader is the application's code
            // it is linked all the same, or cannot be
        }
    }

    /** All at once, as each call stops the JVM; if the JVM refuses one class, one by one. */
    private void retransform(List<Class<?>> classes) {
        if (classes.isEmpty()) {
            return;
        }
        classes.forEach(Installation::link);
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
            if (classes.size() == 1) {
                for (Point point : catalog.pointsOf(classes.get(0).getName())) {
                    table.failed(point, e.toString());
                }
                return;
            }
            for (Class<?> one : classes) {
                retransform(List.of(one));
            }
        }
    }
}
