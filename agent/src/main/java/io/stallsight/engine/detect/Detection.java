package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.TraceEvents;
import io.stallsight.engine.origin.MainProgram;
import io.stallsight.engine.origin.Origins;
import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.engine.reflect.RequestNames;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.reflect.TraceContexts;
import io.stallsight.engine.stack.Callers;
import io.stallsight.engine.stack.InlinedLines;
import io.stallsight.engine.stack.Libraries;
import io.stallsight.engine.stack.LibraryNames;
import io.stallsight.engine.stack.LimitNames;
import io.stallsight.engine.stack.Naming;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.stack.Subclasses;
import io.stallsight.engine.thread.Questions;

/**
 * The knowledge that decisions need: which threads must not block, which rules hold, how calls and frames are named. It
 * serves the hooks on application threads and the agent's threads that look from outside. It reports nothing itself, so
 * it is built before everything that takes reports.
 */
public final class Detection {

    private final Catalog catalog;
    private final NonBlockingThreads nonBlocking;
    private final LiveSettings settings;
    private final ThreadClassifier classifier;
    private final PointPolicies pointPolicies;
    private final CallPolicies policies = new CallPolicies();
    private final Origins origins;
    private final InlinedLines inlinedLines = new InlinedLines();
    private final LimitNames limitNames = new LimitNames();
    private final RuleBook rules;
    private final TraceContexts traces;
    private final RequestReader requests;
    private final CallMaker maker;
    private final Callers callers;
    private final LoopSockets sockets;
    private final TraceEvents traceEvents;
    private final Stacks stacks;
    private final StartUp startUp;
    private final Questions questions = new Questions();
    private final Glimpses glimpses;

    /**
     * The packages that {@link Describer#needs()} names must be open to the engine.
     *
     * @param subclasses of the classes of this JVM
     */
    public Detection(Catalog catalog, Config config, Subclasses subclasses) {
        this.catalog = catalog;
        nonBlocking = new NonBlockingThreads();
        settings = new LiveSettings(config, nonBlocking);
        classifier = new ThreadClassifier(catalog.threads(), config.threads(), config.threadsExclude());
        pointPolicies = new PointPolicies(catalog, classifier);
        LibraryNames names = new LibraryNames(catalog.libraryPackages());
        origins = new Origins(catalog.origins(), MainProgram.ofThisJvm(), names::isLibrary);
        Naming naming = new Naming(new Libraries(names, origins::of, config.packages()), catalog, inlinedLines);
        rules = new RuleBook(catalog, naming, subclasses);
        traces = new TraceContexts(catalog.traces());
        requests = new RequestReader(new RequestNames(catalog.requests()), traces);
        maker = new CallMaker(catalog, naming, new Describer(), requests);
        traceEvents = config.traceEvents();
        sockets = new LoopSockets(catalog.sockets());
        callers = new Callers(catalog.points(), naming);
        stacks = new Stacks(catalog, naming, rules, subclasses);
        startUp = StartUp.ofThisJvm(stacks::isOutsideOfLibraries, stacks::isJdk);
        glimpses = new Glimpses(catalog, classifier, nonBlocking, maker, rules, startUp, settings, questions);
    }

    /** The requests that threads serve. */
    public RequestReader requests() {
        return requests;
    }

    /** Where traces are read. */
    public TraceContexts traces() {
        return traces;
    }

    /** The threads that must not block. */
    public NonBlockingThreads nonBlocking() {
        return nonBlocking;
    }

    /** Mode and thresholds. */
    public LiveSettings settings() {
        return settings;
    }

    /** Allow and disallow rules. */
    public RuleBook rules() {
        return rules;
    }

    /** Decides by name, class and the application's tools whether a thread must not block. */
    public ThreadClassifier classifier() {
        return classifier;
    }

    /** The policies that decide about each call of the points that were added for them. */
    public PointPolicies pointPolicies() {
        return pointPolicies;
    }

    /** The policies that decide about blocking calls that no rule allows. */
    public CallPolicies policies() {
        return policies;
    }

    /** Whose code classes are. */
    public Origins origins() {
        return origins;
    }

    /** What semaphores of the application are called. */
    public LimitNames limitNames() {
        return limitNames;
    }

    /** Where inlined code was called. */
    public InlinedLines inlinedLines() {
        return inlinedLines;
    }

    /** Reads sampled stacks as reports of blocking calls do. */
    public Stacks stacks() {
        return stacks;
    }

    /** Finds the application frame that called a hook. */
    public Callers callers() {
        return callers;
    }

    /** The connections of loops. */
    public LoopSockets sockets() {
        return sockets;
    }

    /** Methods of the application that the watching thread needs are called there. */
    public Questions questions() {
        return questions;
    }

    /** Looks at the threads from outside. */
    public Glimpses glimpses() {
        return glimpses;
    }

    /** Keeps apart what libraries do among themselves at the start. */
    public StartUp startUp() {
        return startUp;
    }

    /** Whether spans get events. */
    TraceEvents traceEvents() {
        return traceEvents;
    }

    Catalog catalog() {
        return catalog;
    }

    CallMaker maker() {
        return maker;
    }
}
