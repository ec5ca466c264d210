package io.stallsight.engine.catalog;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import io.stallsight.engine.catalog.rule.AbstractionRule;
import io.stallsight.engine.catalog.rule.AddressRule;
import io.stallsight.engine.catalog.rule.CallBackRule;
import io.stallsight.engine.catalog.rule.CallSiteRule;
import io.stallsight.engine.catalog.rule.CollectorRule;
import io.stallsight.engine.catalog.rule.ConnectionRule;
import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.catalog.rule.FutureRule;
import io.stallsight.engine.catalog.rule.GaugeRule;
import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.engine.catalog.rule.IntegrationRule;
import io.stallsight.engine.catalog.rule.LibraryRule;
import io.stallsight.engine.catalog.rule.LoopFrameRule;
import io.stallsight.engine.catalog.rule.MadeUpNameRule;
import io.stallsight.engine.catalog.rule.NameRule;
import io.stallsight.engine.catalog.rule.OriginRule;
import io.stallsight.engine.catalog.rule.PolicyRule;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.RecordedThreadRule;
import io.stallsight.engine.catalog.rule.RequestRule;
import io.stallsight.engine.catalog.rule.Rule;
import io.stallsight.engine.catalog.rule.Shape;
import io.stallsight.engine.catalog.rule.SocketRule;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.catalog.rule.TraceRule;
import io.stallsight.engine.catalog.rule.WorkerRule;
import io.stallsight.text.Glob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about JDKs and libraries. Rules are immutable; hooks may be added at run time, and keep their ids.
 * Any thread may call it.
 */
public final class Catalog {

    private final Points points;
    private final Map<Class<? extends Rule>, List<Rule>> rules;

    Catalog(Points points, Map<Class<? extends Rule>, List<Rule>> rules) {
        this.points = points;
        Map<Class<? extends Rule>, List<Rule>> copies = new HashMap<>();
        rules.forEach((type, ofType) -> copies.put(type, List.copyOf(ofType)));
        this.rules = copies;
    }

    private <R extends Rule> Stream<R> rules(Class<R> type) {
        return rules.getOrDefault(type, List.of()).stream().map(type::cast);
    }

    /** Every hook; the point with id n is at index n - 1. */
    public List<Point> points() {
        return points.all();
    }

    public Point point(int id) {
        return points.byId(id);
    }

    /** The hooks of a class, by its name with dots; empty if there are none. */
    public List<Point> pointsOf(String className) {
        return points.ofClass(className);
    }

    /**
     * Adds a hook at run time, or finds the one that was added before: a method has one hook of a type, for all
     * callers.
     *
     * @param kind of a blocking call, else null
     */
    public Point add(String library, Point.Type type, String owner, MethodPattern method, @Nullable Kind kind) {
        return points.add(library, type, Target.of(owner, method), Label.of(ClassNames.simple(owner), kind));
    }

    public List<Shape> shapes() {
        return rules(Shape.class).toList();
    }

    /** JDK classes that are loaded before the agent and call a native blocking method. */
    public List<String> callSiteClasses() {
        return rules(CallSiteRule.class).map(CallSiteRule::className).toList();
    }

    /** The methods in which calls of native methods are seen that policies decide about. */
    public List<PolicyRule> policies() {
        return rules(PolicyRule.class).toList();
    }

    /** Globs of the names of integrations for BlockHound whose predicates of threads are ignored. */
    public List<String> integrationsWithoutThreads() {
        return rules(IntegrationRule.class)
                .filter(rule -> rule.predicates() == IntegrationRule.Predicates.IGNORE)
                .map(IntegrationRule::name)
                .toList();
    }

    public List<ThreadRule> threads() {
        return rules(ThreadRule.class).toList();
    }

    public List<RecordedThreadRule> recordedThreads() {
        return rules(RecordedThreadRule.class).toList();
    }

    /** Where blocking is allowed, and where it is not. */
    public List<FrameRule> frameRules() {
        return rules(FrameRule.class).toList();
    }

    /** Frames whose select is an event loop's. */
    public List<FrameRule> loops() {
        return loopFrames(LoopFrameRule.Verdict.LOOP);
    }

    /** Frames below which a select does not make its thread an event loop. */
    public List<FrameRule> notLoops() {
        return loopFrames(LoopFrameRule.Verdict.NO_LOOP);
    }

    private List<FrameRule> loopFrames(LoopFrameRule.Verdict verdict) {
        return rules(LoopFrameRule.class)
                .filter(rule -> rule.verdict() == verdict)
                .map(LoopFrameRule::frames)
                .toList();
    }

    public List<NameRule> names() {
        return rules(NameRule.class).toList();
    }

    /** Names of methods by which the JDK calls back: the frames outside did not cause a call inside. */
    public Set<String> callBacks() {
        return Set.copyOf(rules(CallBackRule.class).map(CallBackRule::method).toList());
    }

    /** Public classes of the JDK that stand for many others: the class inside says more. */
    public Set<String> abstractions() {
        return Set.copyOf(
                rules(AbstractionRule.class).map(AbstractionRule::className).toList());
    }

    public List<GaugeRule> gauges() {
        return rules(GaugeRule.class).toList();
    }

    public List<ConnectionRule> connections() {
        return rules(ConnectionRule.class).toList();
    }

    public List<ExchangeRule> exchanges() {
        return rules(ExchangeRule.class).toList();
    }

    public List<AddressRule> addresses() {
        return rules(AddressRule.class).toList();
    }

    public List<SocketRule> sockets() {
        return rules(SocketRule.class).toList();
    }

    public List<PoolRule> pools() {
        return rules(PoolRule.class).toList();
    }

    public List<WorkerRule> workers() {
        return rules(WorkerRule.class).toList();
    }

    public List<FutureRule> futures() {
        return rules(FutureRule.class).toList();
    }

    public List<RequestRule> requests() {
        return rules(RequestRule.class).toList();
    }

    public List<TraceRule> traces() {
        return rules(TraceRule.class).toList();
    }

    public List<HostRule> hosts() {
        return rules(HostRule.class).toList();
    }

    /** Names of threads with a part that each run makes up. */
    public List<MadeUpNameRule> madeUpNames() {
        return rules(MadeUpNameRule.class).toList();
    }

    /** Names of collector beans that measure concurrent work, no pauses. */
    public List<Glob> concurrentCollectors() {
        return rules(CollectorRule.class)
                .filter(rule -> rule.times() == CollectorRule.Times.CONCURRENT_WORK)
                .map(CollectorRule::name)
                .toList();
    }

    /** Places of classes that say whose they are. */
    public List<OriginRule> origins() {
        return rules(OriginRule.class).toList();
    }

    /** Prefixes of class names that belong to catalogued libraries and JDKs, with their final dot. */
    public List<String> libraryPackages() {
        return rules(LibraryRule.class).map(LibraryRule::prefix).toList();
    }
}
