package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.catalog.rule.PolicyRule;
import io.stallsight.engine.config.BlockHoundCalls;
import io.stallsight.engine.detect.CallPolicies;
import io.stallsight.engine.detect.CallPolicy;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.detect.PointPolicies;
import io.stallsight.engine.detect.PointPolicy;
import io.stallsight.engine.detect.ThreadClassifier;
import io.stallsight.engine.detect.ThreadPolicy;
import io.stallsight.engine.instrument.Installation;
import io.stallsight.engine.memory.Tether;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightVirtualThreads;
import io.stallsight.text.Glob;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes the place of BlockHound: applies the settings of its builders to the engine. A woven hook replaces the body of
 * {@code BlockHound$Builder.install()} and calls {@link #takeOver}, on the application's thread. Thread-safe.
 */
public final class BlockHoundSupport {

    /** The source of allow rules from integrations, as reports show it. */
    private static final String INTEGRATION = "a BlockHoundIntegration";

    private final BlockHoundCalls calls;
    private final Catalog catalog;
    private final PointPolicies pointPolicies;
    private final CallPolicies callPolicies;
    private final ThreadClassifier classifier;
    private final RuleBook rules;
    private final Installation installation;
    private final Consumer<Class<?>> opener;
    private final Consumer<String> warnings;
    private final MarkedMethods marked;
    private final Adoptions adoptions = new Adoptions();

    /**
     * Creates an instance that has no effect until a builder comes.
     *
     * @param calls value of option {@code blockhound}: which calls a builder's callback receives
     * @param opener opens the package of a class to reflection of the engine
     * @param warnings receives lines for the user
     */
    public BlockHoundSupport(
            BlockHoundCalls calls,
            Catalog catalog,
            Detection detection,
            Installation installation,
            Consumer<Class<?>> opener,
            Consumer<String> warnings) {
        this.calls = calls;
        this.catalog = catalog;
        this.pointPolicies = detection.pointPolicies();
        this.callPolicies = detection.policies();
        this.classifier = detection.classifier();
        this.rules = detection.rules();
        this.installation = installation;
        this.opener = opener;
        this.warnings = warnings;
        this.marked = new MarkedMethods(catalog, warnings);
    }

    /** Warns if BlockHound itself has instrumented this JVM before Stallsight started. */
    public void warnIfBlockHoundIsActive() {
        if (isBlockHoundActive()) {
            warnings.accept(
                    "BlockHound was attached before Stallsight and has instrumented this JVM. BlockHound refuses the"
                            + " calls that it knows, and Stallsight reports all others. To have Stallsight do both, remove"
                            + " -javaagent:blockhound.jar or put it after Stallsight's -javaagent");
        }
    }

    /** Whether BlockHound itself has instrumented this JVM. */
    public static boolean isBlockHoundActive() {
        try {
            Class.forName("reactor.blockhound.BlockHoundRuntime", false, null);
            return true;
        } catch (ClassNotFoundException notInstalled) {
            return false;
        }
    }

    /**
     * Installs a builder in place of BlockHound. A second builder is ignored, as BlockHound ignores it.
     *
     * @return false if BlockHound must install the builder itself: option {@code blockhound} is off, or this version of
     *     BlockHound has unknown fields
     */
    public boolean takeOver(Object builder) {
        if (calls == BlockHoundCalls.OFF) {
            return false;
        }
        @SuppressWarnings("NullAway") // getDeclaringClass: the builder is nested in BlockHound
        AtomicBoolean initialized = null;
        try {
            opener.accept(builder.getClass());
            initialized = initialized(builder.getClass().getDeclaringClass());
            if (initialized.compareAndSet(false, true)) {
                install(builder);
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            warnings.accept("Stallsight cannot replace this version of BlockHound (" + e
                    + "), so BlockHound instruments the JVM itself");
            if (initialized != null) {
                initialized.set(false);
            }
            return false;
        }
    }

    /** BlockHound's own flag. It makes BlockHound ignore a later builder, after this class has installed one. */
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
        ThreadPredicates predicates = new ThreadPredicates(contents, warnings);
        // Run the predicates once here: their first call loads classes, which would block if it came on a loop.
        predicates.about(Thread.currentThread());
        predicates.nonBlockingNow(Thread.currentThread());
        sweep();
        InstalledBuilder installed =
                new InstalledBuilder(predicates, allowances, new Callback(builder, contents.callback()));
        Tether<InstalledBuilder> life = Tether.toClass(builder.getClass(), installed);
        List<Point> points = new ArrayList<>();
        contents.methods().forEach((text, method) -> points.addAll(addPolicyPoints(installed, text, method)));
        points.addAll(marked.addPoints(contents, defaults, builder.getClass().getClassLoader()));
        Runnable removesRules = rules.add(allowances.rules());
        PointPolicy ofPoints = new TetheredPolicy.OfPoints(life);
        pointPolicies.add(ofPoints);
        CallPolicy ofCalls = new TetheredPolicy.OfCalls(life);
        if (calls == BlockHoundCalls.ALL) {
            callPolicies.add(ofCalls);
        }
        adoptions.add(life, () -> {
            removesRules.run();
            pointPolicies.remove(ofPoints);
            callPolicies.remove(ofCalls);
        });
        StallsightVirtualThreads.watchUnnamed(true);
        StallsightVirtualThreads.watch(true);
        installation.weave(points);
        StallsightAgent.reclassify();
    }

    /** Calls {@code BlockHoundIntegration.applyTo} of one integration. */
    interface Application {
        void run() throws ReflectiveOperationException;
    }

    /**
     * Applies an integration to a builder. Its settings for threads are dropped if the catalog lists the integration,
     * because the catalog then knows these threads better.
     *
     * @param integration class name
     */
    void apply(Object builder, String integration, Application application) throws ReflectiveOperationException {
        BuilderContents before = BuilderContents.of(builder);
        application.run();
        for (String pattern : catalog.integrationsWithoutThreads()) {
            if (new Glob(pattern).matches(integration)) {
                before.restoreThreads(builder);
            }
        }
    }

    /**
     * Adopts the settings that integrations have made in a builder: non-blocking threads, allowances and marked
     * methods. The builder has no callback of the application; findings are reported as usual. Called on a thread of
     * the agent.
     *
     * @param loader of the application; when it is gone, the settings are taken back
     */
    synchronized void adoptIntegrations(Object builder, ClassLoader loader) throws ReflectiveOperationException {
        BuilderContents contents = BuilderContents.of(builder);
        BuilderContents defaults = defaults(builder.getClass().getDeclaringClass());
        List<FrameRule> added =
                new ArrayList<>(new Allowances(contents.allowances(), INTEGRATION, rules, List.of()).rules());
        added.removeAll(new Allowances(defaults.allowances(), INTEGRATION, rules, List.of()).rules());
        List<Point> points =
                marked.addPoints(contents, defaults, builder.getClass().getClassLoader());
        sweep();
        Tether<ThreadPredicates> life = Tether.toLoader(loader, new ThreadPredicates(contents, warnings));
        Runnable removesRules = rules.add(added);
        installation.weave(points);
        ThreadPolicy policy = new TetheredPolicy.OfThreads(life);
        classifier.add(policy);
        adoptions.add(life, () -> {
            removesRules.run();
            classifier.remove(policy);
        });
        StallsightAgent.reclassify();
    }

    /** Takes back what came from applications that are gone. */
    synchronized void sweep() {
        if (adoptions.sweep()) {
            StallsightAgent.reclassify();
        }
    }

    /** The agent is detached. */
    public void stop() {
        adoptions.release();
    }

    /** The settings of a builder that nobody has changed. */
    private static BuilderContents defaults(Class<?> blockHound) throws ReflectiveOperationException {
        Method builder = blockHound.getMethod("builder");
        return BuilderContents.of(builder.invoke(null));
    }

    /**
     * Adds the points whose hooks pass calls of {@code method} to the builder's callback. They are in the method
     * itself, or, if it is native and has no body to weave, in the methods that the catalog names for it.
     */
    private List<Point> addPolicyPoints(InstalledBuilder installed, String text, BlockHoundMethod method) {
        List<Point> points = new ArrayList<>();
        for (PolicyRule rule : catalog.policies()) {
            if (rule.calls().equals(text)) {
                Point point = catalog.add(MarkedMethods.LIBRARY, Point.Type.POLICY, rule.owner(), rule.method(), null);
                installed.map(point, BlockHoundMethod.parse(rule.as(), rule.threads() == PolicyRule.Threads.ALL));
                points.add(point);
            }
        }
        if (points.isEmpty()) {
            Point point =
                    catalog.add(MarkedMethods.LIBRARY, Point.Type.POLICY, method.className(), method.pattern(), null);
            installed.map(point, method);
            points.add(point);
        }
        return points;
    }
}
