package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import io.stallsight.engine.weavecache.WeaveCache;
import io.stallsight.engine.weavecache.WovenClass;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes while the JVM loads or retransforms them.
 *
 * <p><b>The problem.</b> A few hundred methods of the JDK and of libraries get a hook, in a JVM that loads ten thousand
 * classes. The JVM calls a transformer for each of them, on a thread of the application that holds the lock of a class
 * loader.
 *
 * <p><b>The algorithm.</b>
 *
 * <ol>
 *   <li>The catalog names most classes: one map look-up finds their points, a second one those of a copy.
 *   <li>Other classes are of interest if they call a native method that has a stand-in, if they have a shape, as JDBC
 *       drivers have, or if they select and run tasks. {@link ClassFilter} rules out nearly all of them by a look at
 *       the constant pool.
 *   <li>If an earlier JVM wove the same class file, {@link WeaveCache} has the result.
 *   <li>If not, {@link WeavingTools} make it: {@link CallSites} rewrites the calls, {@link TaskCalls} counts tasks,
 *       {@link Shapes} finds the points of a shape, and {@link MethodWeaver} inlines the advice of all points into the
 *       class.
 *   <li>{@link HookTable} records for each point whether its method was there.
 * </ol>
 *
 * <p><b>What must hold.</b>
 *
 * <ul>
 *   <li>Nothing here calls the application or waits for another thread, as the thread holds locks that it could need.
 *       The one exception: with a cache, a class load may wait for the tools, at most {@value #MAX_WAIT_SECONDS} s and
 *       never again if that was in vain.
 *   <li>Nothing here loads a class for the first time. If {@link #transform} needed a class that was not loaded, the
 *       JVM would throw a ClassCircularityError, and if that class linked an invokedynamic, it would stay broken for
 *       the whole JVM. {@link #warmUp} takes each path once, before the transformer is added. With a cache, a thread of
 *       the agent loads the tools when a class is not in it, see {@link WeavingThread}.
 *   <li>Descriptions of types come from the class file alone. A search for a superclass would run the application's
 *       loader inside its own class load.
 *   <li>An error leaves the class as it is: the application loads it without hooks, and the table shows the hole.
 * </ul>
 *
 * <p><b>What it gives up.</b> Byte Buddy. Its {@code AgentBuilder} runs matchers for every class, and does not say
 * which method took which hook. Its 700 classes cost half a second of each start, so package {@code inline} does the
 * part of them that the agent's advice needs.
 */
public final class Weaver implements ClassFileTransformer {

    /** Is called for each class that is loaded or retransformed, on the loading thread, before it is woven. */
    public interface ClassWatch {
        void loading(String className, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain);

        /** Whether {@link #sourceMap} and {@link #semaphoreFields} are to get what they need of the class. */
        default boolean isNamed(String className) {
            return false;
        }

        /** The class has this text in its attribute {@code SourceDebugExtension}. */
        default void sourceMap(String className, String text) {}

        /** These lines of the class assign a semaphore that they make to a field. */
        default void semaphoreFields(String className, Map<Integer, String> byLine) {}
    }

    private static final String OWN_PREFIX =
            StallsightHook.class.getName().replace('.', '/').replace("Hook", "");

    /** The self-test lives in the engine's loader, whose classes are not woven: its calls of native methods are. */
    private static final String EXERCISES = "io/stallsight/engine/check/Exercise";

    private static final String WARM_UP = "io.stallsight.engine.instrument.WarmUpSample";

    /**
     * The tools take about 100 ms. A thread that waits for them may hold what they need, in a way that nobody foresaw.
     */
    private static final long MAX_WAIT_SECONDS = 5;

    /** Id of the sample's points, which are in no table. */
    private static final int NO_ID = 0;

    private final Catalog catalog;
    private final HookTable table;
    private final NativeMethods natives;
    private final Set<Point> ofCallSites;
    private final ClassFilter ofJdk;
    private final ClassFilter ofApplication;

    /** Nearly all classes have neither a source map nor a field with a semaphore. */
    private final ClassFilter ofNames =
            new ClassFilter(Set.of(SourceDebug.ATTRIBUTE, SemaphoreFields.DESCRIPTOR), Set.of());

    private final WeaveCache cache;
    private final WeavingThread thread;
    private final ClassWatch classWatch;
    private final ClassLoader engineLoader = Weaver.class.getClassLoader();
    private final Set<String> rewrittenClasses = ConcurrentHashMap.newKeySet();
    private final int pointsOfCatalog;
    private final CountDownLatch toolsMade = new CountDownLatch(1);
    private volatile @Nullable WeavingTools tools;
    private volatile boolean waitedInVain;

    Weaver(
            Catalog catalog,
            HookTable table,
            NativeMethods natives,
            WeaveCache cache,
            WeavingThread thread,
            ClassWatch classWatch) {
        this.catalog = catalog;
        this.table = table;
        this.natives = natives;
        this.cache = cache;
        this.thread = thread;
        this.classWatch = classWatch;
        this.ofCallSites = natives.points();
        this.ofJdk = new ClassFilter(Set.of(), Set.of(), natives.mentions());
        this.ofApplication =
                new ClassFilter(Set.of(TaskCalls.SELECTOR), Shapes.markers(catalog.shapes()), natives.mentions());
        this.pointsOfCatalog = catalog.points().size();
    }

    /** Names (with dots) of classes which were changed besides those that the catalog names. */
    Set<String> rewrittenClasses() {
        return Collections.unmodifiableSet(rewrittenClasses);
    }

    /** Whether a class of the application that is already loaded should be retransformed, by its class file. */
    boolean mayConcern(String name, byte[] classFile) {
        if (!ofApplication.accepts(classFile)) {
            return false;
        }
        List<Point> points = catalog.pointsOf(name);
        return wovenHere(new WovenClass.Source(name, false, ids(points), classFile), points, true)
                .isRewritten();
    }

    /**
     * Weaves a sample in memory, with a point of each type, or finds it in the cache: so all classes that
     * {@link #transform} needs are loaded.
     */
    void warmUp() {
        byte[] sample = sample();
        ofApplication.accepts(sample);
        SourceDebug.read(sample);
        SemaphoreFields.read(sample);
        ThreadLocalRandom.current();
        if (cache.find(new WovenClass.Source(WARM_UP, false, new int[0], sample)) == null) {
            makeTools();
        }
    }

    /** Loads the tools with all that they need, if that is not done yet. Not to be called inside of a class load. */
    synchronized WeavingTools makeTools() {
        WeavingTools made = tools;
        if (made == null) {
            made = new WeavingTools(natives, catalog.shapes());
            List<Point> points = new ArrayList<>();
            for (Point.Type type : Point.Type.values()) {
                MethodPattern method = MethodPattern.named(type.name());
                points.add(new Point(
                        NO_ID, "", type, Target.of(WARM_UP, method), Label.of(""), Operands.NONE, Conditions.NONE));
            }
            WovenClass woven = weave(made, new WovenClass.Source(WARM_UP, false, new int[0], sample()), points, true);
            record(WARM_UP, points, woven);
            tools = made; // last: a class load that finds them must not load a class of theirs
            toolsMade.countDown();
        }
        return made;
    }

    /**
     * Keeps what becomes of a class that was loaded without its hooks, for later JVMs: the retransformation gets
     * another class file, which the JVM has made anew.
     */
    void keep(WovenClass.Source loaded) {
        wovenHere(loaded, catalog.pointsOf(loaded.name()), true);
    }

    /** Whether the tools are loaded. */
    boolean hasTools() {
        return tools != null;
    }

    private static byte[] sample() {
        try (InputStream in = Weaver.class.getClassLoader().getResourceAsStream(WARM_UP.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new IllegalStateException(WARM_UP + " is missing in the agent jar");
            }
            return in.readAllBytes();
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
        StallsightSpan work = StallsightHook.beginAgentWork();
        try {
            return weave(loader, domain, internalName.replace('/', '.'), classFile, redefined != null);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            for (Point point : catalog.pointsOf(internalName.replace('/', '.'))) {
                table.failed(point, t.toString());
            }
            return null;
        } finally {
            if (work != null) {
                work.over = true; // here, not in a method: see StallsightSpan
            }
        }
    }

    private byte @Nullable [] weave(
            @Nullable ClassLoader loader,
            @Nullable ProtectionDomain domain,
            String name,
            byte[] classFile,
            boolean isLoaded) {
        classWatch.loading(name, loader, domain);
        if (loader != null && classWatch.isNamed(name) && ofNames.accepts(classFile)) {
            String sourceMap = SourceDebug.read(classFile);
            if (sourceMap != null) {
                classWatch.sourceMap(name, sourceMap);
            }
            Map<Integer, String> semaphores = SemaphoreFields.read(classFile);
            if (!semaphores.isEmpty()) {
                classWatch.semaphoreFields(name, semaphores);
            }
        }
        List<Point> points = catalog.pointsOf(name);
        boolean isJdk = loader == null;
        boolean mentions = (isJdk ? ofJdk : ofApplication).accepts(classFile);
        if (points.isEmpty() && !mentions) {
            return null;
        }
        WovenClass.Source source = new WovenClass.Source(name, isJdk, ids(points), classFile);
        WovenClass woven = isLoaded ? wovenHere(source, points, mentions) : wovenInLoad(source, points, mentions);
        if (woven == null) {
            thread.later(new WeavingThread.Unwoven(source, loader));
            return null;
        }
        if (woven.isRewritten()) {
            rewrittenClasses.add(name);
        }
        record(name, points, woven);
        return woven.classFile();
    }

    /** From the cache, or by the tools, which may be loaded for that: no class is being loaded. */
    private WovenClass wovenHere(WovenClass.Source source, List<Point> points, boolean mentions) {
        WovenClass kept = cache.find(source);
        return kept != null ? kept : weave(makeTools(), source, points, mentions);
    }

    /**
     * The same inside of a class load.
     *
     * @return null if the tools are not loaded, and cannot be awaited
     */
    private @Nullable WovenClass wovenInLoad(WovenClass.Source source, List<Point> points, boolean mentions) {
        WovenClass kept = cache.find(source);
        if (kept != null) {
            return kept;
        }
        WeavingTools ready = tools != null ? tools : awaitTools(source.ofBootLoader());
        return ready == null ? null : weave(ready, source, points, mentions);
    }

    /** Points that were added at run time have other ids in other runs. */
    private WovenClass weave(WeavingTools ready, WovenClass.Source source, List<Point> points, boolean mentions) {
        WovenClass woven = ready.weave(source, points, mentions);
        if (areOfCatalog(points)) {
            cache.add(woven);
            thread.added();
        }
        return woven;
    }

    /**
     * The tools are loaded by a thread of the agent, at the first class that is not in the cache. A class of the JDK
     * may be one that they need themselves, so its load cannot wait for them.
     */
    private @Nullable WeavingTools awaitTools(boolean ofBootLoader) {
        if (!thread.makeTools() || ofBootLoader || waitedInVain) {
            return null;
        }
        try {
            waitedInVain = !toolsMade.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return tools;
    }

    private boolean areOfCatalog(List<Point> points) {
        for (Point point : points) {
            if (point.id() > pointsOfCatalog) {
                return false;
            }
        }
        return true;
    }

    private static int[] ids(List<Point> points) {
        int[] ids = new int[points.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = points.get(i).id();
        }
        return ids;
    }

    /** A copy may be of any version of its library, so a method that it lacks is no hole. */
    private void record(String className, List<Point> points, WovenClass woven) {
        for (int id : woven.found()) {
            if (id != NO_ID) {
                table.woven(catalog.point(id));
            }
        }
        for (Point point : points) {
            if (point.id() != NO_ID
                    && !woven.hasFound(point.id())
                    && point.owner().equals(className)
                    && !ofCallSites.contains(point)) {
                table.missing(point, "no method " + point.method().name() + " with a body");
            }
        }
    }
}
