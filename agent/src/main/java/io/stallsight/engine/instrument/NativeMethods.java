package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.PolicyRule;
import io.stallsight.hook.StallsightNatives;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * The methods that are native on the running JDK and have a stand-in in {@link StallsightNatives}: a native method has
 * no body to weave, so {@link CallSites} makes its callers call the stand-in.
 */
final class NativeMethods {

    /**
     * A native method and its stand-in, which gets the receiver as its first argument.
     *
     * @param point the blocking call; null if only policies decide about the method
     * @param owner internal name of the class
     * @param standIn name of the stand-in
     * @param standInDescriptor that of the native method, for an instance method with its receiver in front
     */
    record Native(
            @Nullable Point point,
            String owner,
            String name,
            String descriptor,
            String standIn,
            String standInDescriptor) {

        boolean isStatic() {
            return standInDescriptor.equals(descriptor);
        }
    }

    private final List<Native> natives = new ArrayList<>();

    /** The native methods that the catalog names. */
    static NativeMethods of(Catalog catalog) {
        NativeMethods found = new NativeMethods();
        for (Point point : catalog.points()) {
            if (point.type() == Point.Type.BLOCKING && point.owner().startsWith("java.")) {
                Class<?> owner = loadedJdkClass(point.owner());
                if (owner != null) {
                    found.add(point, owner);
                }
            }
        }
        for (PolicyRule rule : catalog.policies()) {
            Class<?> owner = loadedJdkClass(rule.owner());
            if (owner != null) {
                found.addForPolicies(rule.method(), owner);
            }
        }
        return found;
    }

    /** Only classes with public native methods are of interest; the JVM loads all of them at its start. */
    private static @Nullable Class<?> loadedJdkClass(String name) {
        try {
            return StallsightNatives.standsInFor(name) ? Class.forName(name, false, null) : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Takes over the method of a point, if it is native here and has a stand-in; returns whether it is and has. */
    boolean add(Point point, Class<?> owner) {
        boolean added = false;
        for (Method method : nativesOf(owner, point.method())) {
            if (StallsightNatives.bind(standIn(method) + Type.getMethodDescriptor(method), point.id())) {
                natives.add(nativeOf(point, method));
                added = true;
            }
        }
        return added;
    }

    /** Takes over a native method about which policies may decide later. */
    private void addForPolicies(MethodPattern pattern, Class<?> owner) {
        for (Method method : nativesOf(owner, pattern)) {
            Native candidate = nativeOf(null, method);
            if (StallsightNatives.has(candidate.standIn + candidate.descriptor) && !isKnown(candidate)) {
                natives.add(candidate);
            }
        }
    }

    private boolean isKnown(Native candidate) {
        return natives.stream()
                .anyMatch(known -> known.owner.equals(candidate.owner)
                        && known.name.equals(candidate.name)
                        && known.descriptor.equals(candidate.descriptor));
    }

    /** From here on policies decide about calls of the point's method; returns whether the method is native here. */
    boolean bindPolicy(Point point) {
        boolean bound = false;
        String owner = point.owner().replace('.', '/');
        for (Native each : natives) {
            if (each.owner.equals(owner) && point.method().matches(each.name, each.descriptor)) {
                StallsightNatives.bindPolicy(each.standIn + each.descriptor, point.id());
                bound = true;
            }
        }
        return bound;
    }

    private static List<Method> nativesOf(Class<?> owner, MethodPattern pattern) {
        List<Method> found = new ArrayList<>();
        for (Method method : owner.getDeclaredMethods()) {
            if (Modifier.isNative(method.getModifiers())
                    && pattern.matches(method.getName(), Type.getMethodDescriptor(method))) {
                found.add(method);
            }
        }
        return found;
    }

    private static Native nativeOf(@Nullable Point point, Method method) {
        String owner = Type.getInternalName(method.getDeclaringClass());
        String descriptor = Type.getMethodDescriptor(method);
        String withReceiver =
                Modifier.isStatic(method.getModifiers()) ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
        return new Native(point, owner, method.getName(), descriptor, standIn(method), withReceiver);
    }

    private static String standIn(Method method) {
        return method.getDeclaringClass().getSimpleName() + "_" + method.getName();
    }

    List<Native> all() {
        return natives;
    }

    /** The points whose callers are rewritten. */
    Set<Point> points() {
        Set<Point> points = new HashSet<>();
        for (Native each : natives) {
            if (each.point != null) {
                points.add(each.point);
            }
        }
        return points;
    }

    /** The methods: a class file that calls one mentions it. */
    List<ClassFilter.Method> mentions() {
        List<ClassFilter.Method> methods = new ArrayList<>(); // a set would link the record's hashCode, 10 classes
        for (Native each : natives) {
            methods.add(new ClassFilter.Method(each.name, each.descriptor));
        }
        return methods;
    }
}
