package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.catalog.PolicyRule;
import io.stallsight.hook.StallsightNatives;
import io.stallsight.hook.StallsightPoints;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The weaving of one attach: put in by {@link #install}, taken out without a trace by {@link #remove}. */
public final class Installation {

    private final Instrumentation instrumentation;
    private final Catalog catalog;
    private final HookTable table;
    private final CallSites callSites = new CallSites();
    private final Weaver weaver;

    public Installation(
            Instrumentation instrumentation, Catalog catalog, HookTable table, Weaver.ClassWatch classWatch) {
        this.instrumentation = instrumentation;
        this.catalog = catalog;
        this.table = table;
        findNatives();
        this.weaver = new Weaver(catalog, table, callSites, classWatch);
    }

    /** Weaves what is loaded; what is loaded later is woven then. */
    public void install() {
        weaver.warmUp();
        instrumentation.addTransformer(weaver, true);
        Set<String> callers = new HashSet<>(catalog.callSiteClasses());
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (instrumentation.isModifiableClass(loaded) && !loaded.isInterface() && concerns(loaded, callers)) {
                classes.add(loaded);
            }
        }
        retransform(classes);
    }

    /**
     * Weaves hooks that were added to the catalog since, in classes that are loaded and those that are loaded later.
     * The flags of the hooks are set before.
     */
    public void weave(List<Point> added) {
        StallsightPoints.setFlags(table.flags());
        Set<String> names = new HashSet<>();
        for (Point point : added) {
            if (point.type() == Point.Type.POLICY && callSites.ask(point)) {
                table.woven(point);
            } else {
                names.add(point.owner());
            }
        }
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (names.contains(loaded.getName()) && instrumentation.isModifiableClass(loaded)) {
                classes.add(loaded);
            }
        }
        retransform(classes);
    }

    /** Restores the original bytecode of every class that was changed. */
    public void remove() {
        StallsightNatives.unbindPolicies();
        instrumentation.removeTransformer(weaver);
        Set<String> changed = weaver.rewrittenClasses();
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (!catalog.pointsOf(loaded.getName()).isEmpty() || changed.contains(loaded.getName())) {
                if (instrumentation.isModifiableClass(loaded)) {
                    classes.add(loaded);
                }
            }
        }
        retransform(classes);
    }

    private void findNatives() {
        for (Point point : catalog.points()) {
            if (point.type() == Point.Type.BLOCKING && point.owner().startsWith("java.")) {
                Class<?> owner = loadedJdkClass(point.owner());
                if (owner != null && callSites.add(point, owner)) {
                    table.woven(point);
                }
            }
        }
        for (PolicyRule rule : catalog.policies()) {
            Class<?> owner = loadedJdkClass(rule.owner());
            if (owner != null) {
                callSites.addAsked(rule.method(), owner);
            }
        }
    }

    /** Only classes that hold public natives are of interest; all of them are loaded at JVM start. */
    private static @Nullable Class<?> loadedJdkClass(String name) {
        try {
            return StallsightNatives.standsInFor(name) ? Class.forName(name, false, null) : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private boolean concerns(Class<?> loaded, Set<String> callers) {
        String name = loaded.getName();
        if (!catalog.pointsOf(name).isEmpty() || callers.contains(name)) {
            return true;
        }
        ClassLoader loader = loaded.getClassLoader();
        if (loader == null || loader == getClass().getClassLoader() || loaded.isHidden() || loaded.isArray()) {
            return false;
        }
        return weaverWants(loaded, loader);
    }

    /**
     * A class of the application that was loaded before a late attach: its class file is looked at, as asking the JVM
     * to retransform all of them would stop the application for seconds.
     */
    private boolean weaverWants(Class<?> loaded, ClassLoader loader) {
        String resource = loaded.getName().replace('.', '/') + ".class";
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? Proxy.isProxyClass(loaded) : weaver.mayConcern(loaded.getName(), in.readAllBytes());
        } catch (IOException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** All at once, as each call stops the JVM; if the JVM refuses one class, one by one. */
    private void retransform(List<Class<?>> classes) {
        if (classes.isEmpty()) {
            return;
        }
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
