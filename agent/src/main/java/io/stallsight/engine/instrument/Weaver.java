package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.Conditions;
import io.stallsight.engine.catalog.Label;
import io.stallsight.engine.catalog.MethodPattern;
import io.stallsight.engine.catalog.Operands;
import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.catalog.Shape;
import io.stallsight.engine.catalog.Target;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
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
 * Weaves classes while the JVM loads or retransforms them. Called for every class of the application, on its threads,
 * with its loading locks held: classes that are of no interest cost one map look-up and a scan of the constant pool.
 *
 * <p>An own transformer and not Byte Buddy's {@code AgentBuilder}, since the classes are known by name: no matcher runs
 * for the other ten thousand, and which method took which hook is known exactly. Type descriptions come from the class
 * file alone; nothing is resolved through the application's loaders.
 */
public final class Weaver implements ClassFileTransformer {

    /** Told the loader of a class that outputs look for (the application's SLF4J). */
    public interface ClassWatch {
        void loading(String className, @Nullable ClassLoader loader);
    }

    private static final String OWN_PREFIX =
            StallsightHook.class.getName().replace('.', '/').replace("Hook", "");

    /** Calls of native methods in the self-test are to be rewritten although it lives in the engine's loader. */
    private static final String EXERCISES = "io/stallsight/engine/check/Exercise";

    private static final String WARM_UP = "io.stallsight.engine.instrument.WarmUpSample";

    private static final ByteBuddy BYTE_BUDDY = new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(VisibilityBridgeStrategy.Default.NEVER)
            .with(Implementation.Context.Disabled.Factory.INSTANCE);

    private final Catalog catalog;
    private final HookTable table;
    private final CallSites callSites;
    private final ClassLoader engineLoader = Weaver.class.getClassLoader();
    private final AdviceSet advice = new AdviceSet(this::pointOf);

    @SuppressWarnings("ThreadLocalUsage") // an engine has one weaver, and the entry is removed after each class
    private final ThreadLocal<List<Point>> candidates = new ThreadLocal<>();

    private final Set<String> rewrittenClasses = ConcurrentHashMap.newKeySet();
    private final ClassWatch classWatch;
    private final byte[] shapeMarker;

    Weaver(Catalog catalog, HookTable table, CallSites callSites, ClassWatch classWatch) {
        this.catalog = catalog;
        this.table = table;
        this.callSites = callSites;
        this.classWatch = classWatch;
        this.shapeMarker = catalog.shapes().isEmpty()
                ? new byte[0]
                : catalog.shapes().get(0).marker().getBytes(StandardCharsets.UTF_8);
    }

    /** Names (with dots) of classes which were changed besides those that the catalog names. */
    Set<String> rewrittenClasses() {
        return Collections.unmodifiableSet(rewrittenClasses);
    }

    /** Whether a class that is already loaded is to be retransformed, by its class file. */
    boolean mayConcern(String name, byte[] classFile) {
        return new ConstantPool(classFile).mentions(callSites.names(), shapeMarker)
                && (!callSites.isEmpty() && callSites.rewrite(classFile) != null
                        || !pointsByShape(name, classFile).isEmpty());
    }

    /**
     * Weaves a sample in memory. What {@link #transform} needs is loaded by that: a class that it needed for the first
     * time inside a class load would fail with a ClassCircularityError, which would break invokedynamic for the whole
     * JVM.
     */
    void warmUp() {
        List<Point> points = new ArrayList<>();
        for (Point.Type type : Point.Type.values()) {
            MethodPattern method = MethodPattern.named(type.name());
            points.add(
                    new Point(0, "", type, Target.of(WARM_UP, method), Label.of(""), Operands.NONE, Conditions.NONE));
        }
        try (InputStream in = engineLoader.getResourceAsStream(WARM_UP.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new IllegalStateException(WARM_UP + " is missing in the agent jar");
            }
            byte[] sample = in.readAllBytes();
            new ConstantPool(sample).mentions(callSites.names(), shapeMarker);
            callSites.rewrite(sample);
            pointsByShape(WARM_UP, sample);
            advise(WARM_UP, sample, points);
            ThreadLocalRandom.current();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (internalName == null
                || internalName.startsWith(OWN_PREFIX)
                || loader == engineLoader && !internalName.startsWith(EXERCISES)) {
            return null;
        }
        StallsightThread work = StallsightHook.beginAgentWork();
        try {
            return weave(loader, internalName, classFile);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            for (Point point : catalog.pointsOf(internalName.replace('/', '.'))) {
                table.failed(point, t.toString());
            }
            return null;
        } finally {
            StallsightHook.endAgentWork(work);
        }
    }

    private byte @Nullable [] weave(@Nullable ClassLoader loader, String internalName, byte[] classFile) {
        String name = internalName.replace('/', '.');
        classWatch.loading(name, loader);
        List<Point> points = catalog.pointsOf(name);
        byte[] result = classFile;
        if (new ConstantPool(classFile).mentions(callSites.names(), loader == null ? new byte[0] : shapeMarker)) {
            byte[] rewritten = callSites.isEmpty() ? null : callSites.rewrite(classFile);
            if (rewritten != null) {
                result = rewritten;
                rewrittenClasses.add(name);
            }
            List<Point> byShape = loader == null ? List.of() : pointsByShape(name, classFile);
            if (!byShape.isEmpty()) {
                rewrittenClasses.add(name);
                points = byShape;
            }
        }
        if (!points.isEmpty()) {
            byte[] advised = advise(name, result, points);
            result = advised == null ? result : advised;
        }
        return result == classFile ? null : result;
    }

    private List<Point> pointsByShape(String name, byte[] classFile) {
        List<Point> points = new ArrayList<>();
        ClassOutline outline = null;
        for (Shape shape : catalog.shapes()) {
            if (outline == null) {
                outline = ClassOutline.of(classFile);
            }
            if (outline.declaresAll(shape.declares())) {
                points.addAll(shape.points());
            }
        }
        if (!points.isEmpty()) {
            points.addAll(catalog.pointsOf(name));
        }
        return points;
    }

    private byte @Nullable [] advise(String name, byte[] classFile, List<Point> points) {
        Map<Point, List<String>> found = new LinkedHashMap<>();
        ClassOutline outline = ClassOutline.of(classFile);
        List<AsmVisitorWrapper> wrappers = new ArrayList<>();
        for (Point.Type type : Point.Type.values()) {
            boolean used = false;
            for (Point point : points) {
                if (point.type() == type) {
                    List<String> methods = outline.methodsWithBody(point.method());
                    if (!methods.isEmpty()) {
                        found.put(point, methods);
                        used = true;
                    }
                }
            }
            if (used) {
                wrappers.add(advice.of(type).on(isPointOf(type, points)));
            }
        }
        if (wrappers.isEmpty()) {
            note(points, found);
            return null;
        }
        ClassFileLocator locator = ClassFileLocator.Simple.of(name, classFile);
        // lazily: types of parameters are named, never looked for
        TypePool pool = new TypePool.Default.WithLazyResolution(
                new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
        candidates.set(points);
        try {
            DynamicType.Builder<?> builder =
                    BYTE_BUDDY.decorate(pool.describe(name).resolve(), locator);
            for (AsmVisitorWrapper wrapper : wrappers) {
                builder = builder.visit(wrapper);
            }
            byte[] woven = builder.make(pool).getBytes();
            note(points, found);
            return woven;
        } finally {
            candidates.remove();
        }
    }

    private void note(List<Point> points, Map<Point, List<String>> found) {
        for (Point point : points) {
            if (point.id() == 0) {
                continue; // the warm-up's
            }
            if (found.containsKey(point)) {
                table.woven(point);
            } else if (!catalog.pointsOf(point.owner()).isEmpty() && !callSites.covers(point)) {
                table.missing(point, "no method " + point.method().name() + " with a body");
            }
        }
    }

    private ElementMatcher<MethodDescription> isPointOf(Point.Type type, List<Point> points) {
        return new ElementMatcher.Junction.ForNonNullValues<>() {
            @Override
            protected boolean doMatch(MethodDescription method) {
                Point point = find(points, method, type);
                return point != null && point.type() == type && !method.isAbstract() && !method.isNative();
            }
        };
    }

    private Point pointOf(MethodDescription method, Point.Type type) {
        Point point = find(candidates.get(), method, type);
        if (point == null) {
            throw new IllegalStateException("no hook for " + method);
        }
        return point;
    }

    /** The first point of the list that the method fits: a method gets one hook of each group of types. */
    private static @Nullable Point find(List<Point> points, MethodDescription method, Point.Type type) {
        String name = method.getInternalName();
        String descriptor = method.getDescriptor();
        for (Point point : points) {
            if (point.type().group() == type.group() && point.method().matches(name, descriptor)) {
                return point;
            }
        }
        return null;
    }
}
