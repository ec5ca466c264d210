package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the advice of points into the methods of one class, by Byte Buddy. Everything is known from the class file:
 * types are named and never resolved, as that would run the application's loaders inside a class load.
 */
final class ByteBuddyWeaver {

    private static final ByteBuddy BYTE_BUDDY = new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(VisibilityBridgeStrategy.Default.NEVER)
            .with(Implementation.Context.Disabled.Factory.INSTANCE);

    /** A class after the weaving. */
    static final class Woven {

        /** Null if no method was woven. */
        final byte @Nullable [] classFile;

        /** The points of which a method was found. */
        final Set<Point> points;

        private Woven(byte @Nullable [] classFile, Set<Point> points) {
            this.classFile = classFile;
            this.points = points;
        }
    }

    private final ByteBuddyAdvice advice = new ByteBuddyAdvice(this::pointOf);

    /**
     * The points of the class that this thread weaves. Byte Buddy parses an advice once for all classes, and hands
     * nothing of the class on to its arguments.
     */
    @SuppressWarnings("ThreadLocalUsage") // an engine has one weaver, and the entry is removed after each class
    private final ThreadLocal<Candidates> candidates = new ThreadLocal<>();

    /** The points of a class, which may be a copy of the one that they name. */
    private record Candidates(List<Point> points, Moved moved) {

        /** The first point that the method fits: a method gets one hook of each group of types. */
        @Nullable
        Point find(MethodDescription method, Point.Type type) {
            String name = method.getInternalName();
            String descriptor = moved.original(method.getDescriptor());
            for (Point point : points) {
                if (point.type().group() == type.group() && point.method().matches(name, descriptor)) {
                    return point;
                }
            }
            return null;
        }
    }

    /** @param points of the class; of two that fit one method and are of one group, the first is woven */
    Woven weave(String name, byte[] classFile, List<Point> points) {
        Candidates all = new Candidates(points, Moved.of(name, points));
        ClassOutline outline = ClassOutline.of(classFile, all.moved);
        Set<Point> found = new HashSet<>();
        List<AsmVisitorWrapper> wrappers = new ArrayList<>();
        for (Point.Type type : Point.Type.values()) {
            boolean isUsed = false;
            for (Point point : points) {
                if (point.type() == type && outline.hasBody(point.method())) {
                    found.add(point);
                    isUsed = true;
                }
            }
            if (isUsed) {
                wrappers.add(advice.of(type).on(isPointOf(type, all)));
            }
        }
        return new Woven(wrappers.isEmpty() ? null : weave(name, classFile, all, wrappers), found);
    }

    private byte[] weave(String name, byte[] classFile, Candidates points, List<AsmVisitorWrapper> wrappers) {
        ClassFileLocator locator = ClassFileLocator.Simple.of(name, classFile);
        TypePool pool = new TypePool.Default.WithLazyResolution(
                new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
        candidates.set(points);
        try {
            DynamicType.Builder<?> builder =
                    BYTE_BUDDY.decorate(pool.describe(name).resolve(), locator);
            for (AsmVisitorWrapper wrapper : wrappers) {
                builder = builder.visit(wrapper);
            }
            return builder.make(pool).getBytes();
        } finally {
            candidates.remove();
        }
    }

    private static ElementMatcher<MethodDescription> isPointOf(Point.Type type, Candidates points) {
        return new ElementMatcher.Junction.ForNonNullValues<>() {
            @Override
            protected boolean doMatch(MethodDescription method) {
                Point point = points.find(method, type);
                return point != null && point.type() == type && !method.isAbstract() && !method.isNative();
            }
        };
    }

    private Point pointOf(MethodDescription method, Point.Type type) {
        Point point = candidates.get().find(method, type);
        if (point == null) {
            throw new IllegalStateException("no point for " + method);
        }
        return point;
    }
}
