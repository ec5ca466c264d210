package io.stallsight.engine.catalog;

import io.stallsight.api.Kind;
import io.stallsight.text.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All that is known, in one place. Filled by {@link CatalogReader} at start-up, then read by all threads. Hooks may be
 * added at run time, one addition after the other.
 */
public final class Catalog {

    private final List<Point> points = new CopyOnWriteArrayList<>();
    private final Map<String, List<Point>> pointsByClass = new ConcurrentHashMap<>();
    private final List<String> integrationsWithoutThreads = new ArrayList<>();
    private final List<AskedRule> asked = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final List<String> callSiteClasses = new ArrayList<>();
    private final List<ThreadRule> threads = new ArrayList<>();
    private final List<ThreadRule> recordedThreads = new ArrayList<>();
    private final List<FrameRule> frameRules = new ArrayList<>();
    private final List<FrameRule> loops = new ArrayList<>();
    private final List<FrameRule> notLoops = new ArrayList<>();
    private final List<NameRule> names = new ArrayList<>();
    private final List<GaugeRule> gauges = new ArrayList<>();
    private final List<ConnectionRule> connections = new ArrayList<>();
    private final List<AddressRule> addresses = new ArrayList<>();
    private final List<PoolRule> pools = new ArrayList<>();
    private final List<WorkerRule> workers = new ArrayList<>();
    private final List<FutureRule> futures = new ArrayList<>();
    private final List<HostRule> hosts = new ArrayList<>();
    private final List<String> libraryPackages = new ArrayList<>();
    private final List<Glob> concurrentCollectors = new ArrayList<>();
    private final Set<String> callBacks = new HashSet<>();
    private final Set<String> abstractions = new HashSet<>();

    int nextId() {
        return points.size() + 1;
    }

    void add(Point point) {
        points.add(point);
        pointsByClass
                .computeIfAbsent(point.owner(), owner -> new CopyOnWriteArrayList<>())
                .add(point);
    }

    /**
     * Adds a hook at run time, or finds the one that was added before: a method has one hook of a type, for all who ask
     * for it.
     *
     * @param type of the hook
     * @param kind of a blocking call, else null
     */
    public synchronized Point add(
            String library, Point.Type type, String owner, MethodPattern method, @Nullable Kind kind) {
        for (Point known : pointsOf(owner)) {
            if (known.library().equals(library)
                    && known.type() == type
                    && known.method().equals(method)) {
                return known;
            }
        }
        Point point = new Point(
                nextId(),
                library,
                type,
                Target.of(owner, method),
                Label.of(ClassNames.simple(owner), kind),
                Operands.NONE,
                Conditions.NONE);
        add(point);
        return point;
    }

    void addIntegrationWithoutThreads(String pattern) {
        integrationsWithoutThreads.add(pattern);
    }

    void add(AskedRule rule) {
        asked.add(rule);
    }

    void addToShape(Point point) {
        points.add(point);
    }

    void add(Shape shape) {
        shapes.add(shape);
    }

    void add(ThreadRule rule) {
        threads.add(rule);
    }

    void addRecorded(ThreadRule rule) {
        recordedThreads.add(rule);
    }

    void add(NameRule rule) {
        names.add(rule);
    }

    void add(GaugeRule rule) {
        gauges.add(rule);
    }

    void add(ConnectionRule rule) {
        connections.add(rule);
    }

    void add(AddressRule rule) {
        addresses.add(rule);
    }

    void add(PoolRule rule) {
        pools.add(rule);
    }

    void add(WorkerRule rule) {
        workers.add(rule);
    }

    void add(FutureRule rule) {
        futures.add(rule);
    }

    void add(HostRule rule) {
        hosts.add(rule);
    }

    void add(FrameRule rule) {
        frameRules.add(rule);
    }

    void addConcurrentCollector(String glob) {
        concurrentCollectors.add(new Glob(glob));
    }

    void addCallBack(String method) {
        callBacks.add(method);
    }

    void addAbstraction(String className) {
        abstractions.add(className);
    }

    void addLoop(FrameRule rule) {
        loops.add(rule);
    }

    void addNotLoop(FrameRule rule) {
        notLoops.add(rule);
    }

    void addCallSiteClass(String className) {
        callSiteClasses.add(className);
    }

    void addLibraryPackage(String prefix) {
        libraryPackages.add(prefix);
    }

    /** Every hook; the point with id n is at index n - 1. */
    public List<Point> points() {
        return points;
    }

    public Point point(int id) {
        return points.get(id - 1);
    }

    /** The hooks of a class, by its name with dots; empty if there are none. */
    public List<Point> pointsOf(String className) {
        return pointsByClass.getOrDefault(className, List.of());
    }

    /** Patterns of the names of integrations for BlockHound which do not count for what they say of threads. */
    public List<String> integrationsWithoutThreads() {
        return integrationsWithoutThreads;
    }

    /** Where calls of methods that cannot be woven are seen. */
    public List<AskedRule> asked() {
        return asked;
    }

    public List<Shape> shapes() {
        return shapes;
    }

    /** JDK classes that are loaded before the agent and call a native blocking method. */
    public List<String> callSiteClasses() {
        return callSiteClasses;
    }

    public List<ThreadRule> threads() {
        return threads;
    }

    /** By name, threads that {@link #threads} knows by their class: recordings of the JVM alone have no classes. */
    public List<ThreadRule> recordedThreads() {
        return recordedThreads;
    }

    public List<FrameRule> frameRules() {
        return frameRules;
    }

    /** Frames whose select is an event loop's. */
    public List<FrameRule> loops() {
        return loops;
    }

    /** Frames below which a select does not make its thread an event loop. */
    public List<FrameRule> notLoops() {
        return notLoops;
    }

    public List<NameRule> names() {
        return names;
    }

    /** How executors tell what waits for them. */
    public List<GaugeRule> gauges() {
        return gauges;
    }

    /** How connections tell whether they had been established. */
    public List<ConnectionRule> connections() {
        return connections;
    }

    /** How connections tell their two ends. */
    public List<AddressRule> addresses() {
        return addresses;
    }

    /** How pools tell what they do. */
    public List<PoolRule> pools() {
        return pools;
    }

    /** Worker threads that tell what their pool is for. */
    public List<WorkerRule> workers() {
        return workers;
    }

    /** What is between a queued task and who waits for it. */
    public List<FutureRule> futures() {
        return futures;
    }

    /** What can show the agent's numbers in the application's own way. */
    public List<HostRule> hosts() {
        return hosts;
    }

    /** Names of collector beans that measure concurrent work, no pauses. */
    public List<Glob> concurrentCollectors() {
        return concurrentCollectors;
    }

    /** Names of methods by which the JDK calls back: what is outside of them did not ask for a call inside. */
    public Set<String> callBacks() {
        return callBacks;
    }

    /** Public classes of the JDK that stand for many others: the class inside tells more. */
    public Set<String> abstractions() {
        return abstractions;
    }

    /** Prefixes of class names that belong to catalogued libraries and JDKs, with their final dot. */
    public List<String> libraryPackages() {
        return libraryPackages;
    }
}
