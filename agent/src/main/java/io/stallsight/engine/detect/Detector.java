package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.Callers;
import io.stallsight.engine.stack.Libraries;
import io.stallsight.engine.stack.Naming;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightEngine;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import io.stallsight.text.Glob;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of the hooks: passes on what they tell to the part that decides it. Its methods run on application
 * threads; the re-entrancy guard is up.
 *
 * <p>A call is published at one and the same depth below the hooks from everywhere ({@code Hook.x -> Thread.x ->
 * Detector.x -> Calls.x or Selectors.x -> CallListener.blockingCall}): the JFR output cuts a fixed number of frames.
 */
public final class Detector extends StallsightEngine {

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final AskedPolicies asked;
    private final LoopThreads threads;
    private final Calls calls;
    private final Selectors selectors;
    private final Callers callers;
    private final Stacks stacks;
    private final Glimpses glimpses;
    private final TickListener tickListener;
    private final ConnectionListener connections;
    private volatile Predicate<Object> takeOver = tool -> false;
    private volatile BiConsumer<Point, Object> onHost = (point, host) -> {};
    private volatile Runnable onThreadStart = () -> {};

    public Detector(
            Catalog catalog,
            Config config,
            RuleBook rules,
            Describer describer,
            NonBlockingThreads nonBlocking,
            CallListener listener,
            TickListener tickListener,
            ConnectionListener connections) {
        this.catalog = catalog;
        this.tickListener = tickListener;
        this.connections = connections;
        Naming naming = new Naming(new Libraries(catalog.libraryPackages(), config.packages()), catalog);
        rules.nameBy(naming);
        CallMaker maker = new CallMaker(catalog, naming, describer);
        classifier = new ThreadClassifier(catalog.threads(), config.threads(), config.threadsExclude());
        asked = new AskedPolicies(catalog, classifier);
        threads = new LoopThreads(classifier, asked, nonBlocking, config.thresholdStall());
        calls = new Calls(
                catalog,
                rules,
                maker,
                listener,
                new Settings(config.mode(), config.thresholdBlocking(), config.thresholdStall()));
        selectors = new Selectors(catalog, threads, calls, listener);
        callers = new Callers(catalog.points(), naming);
        stacks = new Stacks(catalog, naming);
        glimpses = new Glimpses(catalog, classifier, nonBlocking, maker, rules, calls);
    }

    /** Reads stacks as reports of blocking calls do. */
    public Stacks stacks() {
        return stacks;
    }

    /** What can be seen of the threads from outside. */
    public Glimpses glimpses() {
        return glimpses;
    }

    // ---- what changes at run time

    public Settings settings() {
        return calls.settings();
    }

    /** Takes effect with the next call and the next end of a tick. */
    public void setSettings(Settings changed) {
        calls.setSettings(changed);
        threads.setSlowNanos(changed.stall());
    }

    /** From now on {@code policy} is asked before each blocking call that no rule allows. */
    public void add(CallPolicy policy) {
        calls.add(policy);
    }

    public void remove(CallPolicy policy) {
        calls.remove(policy);
    }

    /**
     * Adds what is said of threads. Threads are classified by it after
     * {@link io.stallsight.hook.StallsightAgent#reclassify()}.
     */
    public void add(ThreadPolicy policy) {
        classifier.add(policy);
    }

    /**
     * Adds a policy that is asked about calls. For threads the same holds as for any {@link ThreadPolicy}.
     *
     * @throws IllegalStateException if there are too many
     */
    public void add(AskedPolicy policy) {
        asked.add(policy);
    }

    /** Threads with names that match one of {@code globs} must not block, once they are classified anew. */
    public void addThreads(List<String> globs) {
        classifier.add(globs.stream().map(Glob::new).toList());
    }

    /** Replaces option {@code threads}, from the next classification on. */
    public void setThreads(List<Glob> globs) {
        classifier.setThreads(globs);
    }

    /** Who takes what can show the agent's numbers. On the thread that met it, so it has to be quick. */
    public void onHost(BiConsumer<Point, Object> listener) {
        onHost = listener;
    }

    /** Runs {@code action} on each thread that starts another one, except for the agent's and the JDK's. */
    public void onThreadStart(Runnable action) {
        onThreadStart = action;
    }

    /** Who decides whether another tool's work is taken over. */
    public void takeOverBy(Predicate<Object> decides) {
        takeOver = decides;
    }

    // ---- for the engine's own threads

    /** Blocking calls on non-blocking threads that were shorter than the threshold. */
    public long shortCalls() {
        return calls.shortCalls();
    }

    /**
     * Goes once through what a first report needs, so that the first blocking call is not made longer by class loading.
     * Called on a thread of the agent, so the call that it makes up has the stack of the agent itself.
     */
    public BlockingCall rehearse() {
        return calls.rehearse();
    }

    /**
     * The call that a wait for a monitor was, or null if it was short or a rule allows it, or if a hook waited. By
     * whichever thread.
     */
    public @Nullable BlockingCall contended(MonitorWait wait) {
        return calls.contended(wait);
    }

    /** The application frame that called the current thread's hook, as far as one did; see {@link Callers#caller()}. */
    public @Nullable StackTraceElement caller() {
        return callers.caller();
    }

    /** Drops what threads that live on would keep of the engine and its loader. */
    public void forgetThreads() {
        threads.forgetAll();
    }

    // ---- threads

    @Override
    public void classify(StallsightThread state) {
        threads.classify(state);
    }

    @Override
    public boolean nonBlockingNow(StallsightThread state) {
        return classifier.nonBlockingNow(state.thread);
    }

    @Override
    public void loopSeen(StallsightThread state, int point) {
        threads.runsLoopPoint(state);
    }

    @Override
    public void threadStarting(Thread thread) {
        if (!threads.starting(thread)) {
            onThreadStart.run();
        }
    }

    @Override
    public void threadEnding(StallsightThread state) {
        calls.publishPending(state);
        ThreadRecord record = threads.ending(state);
        if (record != null) {
            selectors.ended(record);
        }
    }

    // ---- blocking calls

    @Override
    public @Nullable Throwable ask(StallsightThread state, int point) {
        return asked.ask(state, point);
    }

    @Override
    public @Nullable Throwable refuse(StallsightThread state) {
        return calls.refuse(state);
    }

    @Override
    public void exited(StallsightThread state, long nanos) {
        calls.exited(state, nanos);
    }

    @Override
    public void publishPending(StallsightThread state) {
        calls.publishPending(state);
    }

    @Override
    public int selecting(StallsightThread state, Object selector) {
        return selectors.selecting(state, selector);
    }

    @Override
    public void selected(StallsightThread state, Object selector, long nanos, boolean proven) {
        selectors.selected(state, selector, nanos, proven);
    }

    @Override
    public void selectorClosed(StallsightThread state, Object selector) {
        selectors.closed(state, selector);
    }

    // ---- ticks and queues

    @Override
    public void slowTick(StallsightThread state, StallsightLoop loop, long start, long end) {
        calls.publishPending(state); // a wait for a monitor belongs to the tick in which it was
        tickListener.slowTick(new SlowTick(
                loop,
                state.thread,
                start,
                end,
                loop.blocked,
                loop.locked,
                loop.longestCall instanceof BlockingCall call ? call : null,
                ThreadTimes.of(loop.nativeId)));
    }

    @Override
    public @Nullable StallsightQueue queueSeen(Object executor) {
        return StallsightQueue.add(executor);
    }

    // ---- connections

    @Override
    public @Nullable Object connecting(Object connection, @Nullable Object remote) {
        return connections.connecting(connection, remote);
    }

    @Override
    public void made(Object what) {
        connections.made(what);
    }

    @Override
    public void passed(Object from, Object to) {
        connections.passed(from, to);
    }

    @Override
    public void connectFailed(Object token) {
        connections.connectFailed(token);
    }

    @Override
    public long connectionKey(Object connection) {
        return connections.key(connection);
    }

    @Override
    public void disconnected(Object connection) {
        connections.disconnected(connection);
    }

    // ---- the application's tools

    @Override
    public boolean takeOver(Object tool) {
        return takeOver.test(tool);
    }

    @Override
    public void hostSeen(int point, Object host) {
        onHost.accept(catalog.point(point), host);
    }
}
