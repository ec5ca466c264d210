package io.stallsight.engine.blockhound;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.engine.catalog.MethodPattern;
import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.catalog.PolicyRule;
import io.stallsight.engine.config.BlockHoundCalls;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.instrument.Installation;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightThread;
import io.stallsight.text.Glob;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of BlockHound. {@code BlockHound$Builder.install()} comes here, on the thread of the application that
 * called it, and what the builder was told is done with the means of the engine.
 */
public final class BlockHoundSupport {

    private static final String LIBRARY = "blockhound";

    private final BlockHoundCalls calls;
    private final Catalog catalog;
    private final Detector detector;
    private final RuleBook rules;
    private final Installation installation;
    private final Consumer<Class<?>> opener;
    private final Consumer<String> warnings;
    private final Set<String> holes = ConcurrentHashMap.newKeySet();

    /**
     * @param opener makes the package of a class accessible to the engine
     * @param warnings takes what people should know
     */
    public BlockHoundSupport(
            BlockHoundCalls calls,
            Catalog catalog,
            Detector detector,
            RuleBook rules,
            Installation installation,
            HookTable hooks,
            Consumer<Class<?>> opener,
            Consumer<String> warnings) {
        this.calls = calls;
        this.catalog = catalog;
        this.detector = detector;
        this.rules = rules;
        this.installation = installation;
        this.opener = opener;
        this.warnings = warnings;
        hooks.onHole(this::hole);
    }

    /** Says so if BlockHound has instrumented this JVM before. */
    public void warnOfAnother() {
        try {
            Class.forName("reactor.blockhound.BlockHoundRuntime", false, null);
            warnings.accept(
                    "BlockHound was attached before Stallsight and has instrumented this JVM: it refuses what it"
                            + " knows by itself, Stallsight reports the rest; without -javaagent:blockhound.jar, or with it after"
                            + " Stallsight's, Stallsight does both");
        } catch (ClassNotFoundException none) {
            // as it should be
        }
    }

    /**
     * Installs a builder in place of BlockHound, if that has not installed one before.
     *
     * @return whether BlockHound has nothing left to do
     */
    public boolean takeOver(Object builder) {
        if (calls == BlockHoundCalls.OFF) {
            return false;
        }
        @SuppressWarnings("NullAway") // a builder is nested in BlockHound
        AtomicBoolean initialized = null;
        try {
            opener.accept(builder.getClass());
            initialized = initialized(builder.getClass().getDeclaringClass());
            if (initialized.compareAndSet(false, true)) {
                install(builder);
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            warnings.accept("this version of BlockHound cannot be taken over (" + e
                    + "); it is left to instrument the JVM by itself");
            if (initialized != null) {
                initialized.set(false);
            }
            return false;
        }
    }

    /** What BlockHound itself looks at, so that a second install is ignored whoever did the first. */
    private static AtomicBoolean initialized(Class<?> blockHound) throws ReflectiveOperationException {
        Field field = blockHound.getDeclaredField("INITIALIZED");
        field.setAccessible(true);
        return (AtomicBoolean) field.get(null);
    }

    private synchronized void install(Object builder) throws ReflectiveOperationException {
        BuilderContents contents = BuilderContents.of(builder);
        BuilderContents defaults = defaults(builder.getClass().getDeclaringClass());
        Allowances allowances =
                new Allowances(contents.allowances(), "BlockHound.install", rules, catalog.frameRules());
        Predicates predicates = new Predicates(contents, warnings);
        predicates.about(Thread.currentThread()); // loads its classes, which on a loop would block
        predicates.nonBlockingNow(Thread.currentThread());
        InstalledBuilder installed =
                new InstalledBuilder(predicates, allowances, new Callback(builder, contents.callback()));
        List<Point> points = new ArrayList<>();
        methods(contents.blocking()).forEach((text, method) -> points.addAll(ask(installed, text, method)));
        List<Point> marked = marked(contents, defaults);
        points.addAll(marked);
        warnOfMissing(marked, builder.getClass().getClassLoader());
        rules.add(allowances.rules());
        detector.add(installed);
        if (calls == BlockHoundCalls.ALL) {
            detector.add(installed.ofAllCalls());
        }
        StallsightThread.watchUnnamedThreads(true);
        StallsightThread.watchVirtualThreads(true);
        installation.weave(points);
        StallsightAgent.reclassify();
    }

    /** Work on a builder. */
    interface Work {
        void run() throws ReflectiveOperationException;
    }

    /** Applies an integration to a builder; what it says of threads counts unless the catalog knows better. */
    void apply(Object builder, String integration, Work application) throws ReflectiveOperationException {
        BuilderContents before = BuilderContents.of(builder);
        application.run();
        for (String pattern : catalog.integrationsWithoutThreads()) {
            if (new Glob(pattern).matches(integration)) {
                before.restoreThreads(builder);
            }
        }
    }

    /**
     * Does what integrations told a builder, without its callback: which threads must not block, what is allowed, what
     * blocks. Called by a thread of the agent.
     */
    synchronized void honour(Object builder) throws ReflectiveOperationException {
        BuilderContents contents = BuilderContents.of(builder);
        BuilderContents defaults = defaults(builder.getClass().getDeclaringClass());
        List<FrameRule> told =
                new Allowances(contents.allowances(), "a BlockHoundIntegration", rules, List.of()).rules();
        List<FrameRule> own =
                new Allowances(defaults.allowances(), "a BlockHoundIntegration", rules, List.of()).rules();
        List<FrameRule> added = new ArrayList<>(told);
        added.removeAll(own);
        List<Point> marked = marked(contents, defaults);
        warnOfMissing(marked, builder.getClass().getClassLoader());
        rules.add(added);
        installation.weave(marked);
        detector.add(new Predicates(contents, warnings));
        StallsightAgent.reclassify();
    }

    /** A builder that was told nothing. */
    private static BuilderContents defaults(Class<?> blockHound) throws ReflectiveOperationException {
        Method builder = blockHound.getMethod("builder");
        return BuilderContents.of(builder.invoke(null));
    }

    /** Where calls of {@code method} are seen: in the method itself, or where the catalog says for a native one. */
    private List<Point> ask(InstalledBuilder installed, String text, KnownMethod method) {
        List<Point> points = new ArrayList<>();
        for (PolicyRule rule : catalog.policies()) {
            if (rule.calls().equals(text)) {
                Point point = catalog.add(LIBRARY, Point.Type.POLICY, rule.owner(), rule.method(), null);
                installed.know(point, KnownMethod.parse(rule.as(), rule.threads() == PolicyRule.Threads.ALL));
                points.add(point);
            }
        }
        if (points.isEmpty()) {
            Point point = catalog.add(LIBRARY, Point.Type.POLICY, method.className(), pattern(method), null);
            installed.know(point, method);
            points.add(point);
        }
        return points;
    }

    /** What was marked as blocking besides BlockHound's own set: blocking calls also on other threads. */
    private List<Point> marked(BuilderContents contents, BuilderContents defaults) {
        Map<String, KnownMethod> marked = methods(contents.blocking());
        marked.keySet().removeAll(methods(defaults.blocking()).keySet());
        List<Point> points = new ArrayList<>();
        for (KnownMethod method : marked.values()) {
            if (isUnknown(method)) {
                points.add(catalog.add(LIBRARY, Point.Type.BLOCKING, method.className(), pattern(method), Kind.MARKED));
            }
        }
        return points;
    }

    private boolean isUnknown(KnownMethod method) {
        for (Point point : catalog.pointsOf(method.className())) {
            if (point.type().group() == Point.Type.BLOCKING.group()
                    && point.method().matches(method.name(), method.descriptor())) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, KnownMethod> methods(Map<String, Map<String, Set<String>>> blocking) {
        Map<String, KnownMethod> methods = new LinkedHashMap<>();
        blocking.forEach((className, byName) -> byName.forEach((name, descriptors) -> {
            for (String descriptor : descriptors) {
                KnownMethod method = new KnownMethod(className.replace('/', '.'), name, descriptor, true);
                methods.put(KnownMethod.text(method.className(), name, descriptor), method);
            }
        }));
        return methods;
    }

    private static MethodPattern pattern(KnownMethod method) {
        int close = method.descriptor().indexOf(')');
        return new MethodPattern(
                method.name(),
                method.descriptor().substring(0, close + 1),
                method.descriptor().substring(close + 1),
                method.name() + method.descriptor());
    }

    /** A hook of a marked method did not take; called on any thread. */
    private void hole(HookTable.Row row) {
        Point point = row.point();
        String method = point.owner() + "." + point.method().text();
        if (point.library().equals(LIBRARY) && holes.add(method)) {
            warnings.accept(
                    "BlockHound marks " + method + " as blocking, but calls of it are not seen: " + row.problem());
        }
    }

    /** A class that is nowhere will never be loaded. */
    private void warnOfMissing(List<Point> marked, @Nullable ClassLoader loader) {
        for (Point point : marked) {
            String resource = point.owner().replace('.', '/') + ".class";
            URL found = loader == null ? null : loader.getResource(resource);
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            if (found == null && (context == null || context.getResource(resource) == null)) {
                hole(new HookTable.Row(point, HookTable.State.MISSING, "there is no such class"));
            }
        }
    }
}
