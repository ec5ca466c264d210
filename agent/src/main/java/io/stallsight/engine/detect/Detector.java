package io.stallsight.engine.detect;

import io.stallsight.api.BlockingCallError;
import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.MethodPattern;
import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Glob;
import io.stallsight.engine.config.Mode;
import io.stallsight.hook.StallsightHandler;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightTicks;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of the hooks. Its methods run on application threads; the re-entrancy guard is up.
 *
 * <p>{@link #publish} is called at one and the same depth below the hooks from everywhere ({@code Hook.x -> Thread.x ->
 * Detector.x -> publish}): the JFR output cuts a fixed number of frames.
 */
public final class Detector extends StallsightHandler {

    private static final Point MONITOR = new Point(
            0,
            "jdk",
            Point.Type.BLOCKING,
            "synchronized",
            MethodPattern.named("enter"),
            Kind.MONITOR,
            "synchronized",
            null,
            Point.NO_SUBJECT,
            null,
            false,
            false,
            0,
            false);

    /** Stands for the stack with -XX:-StackTraceInThrowable. */
    private static final StackTraceElement NO_FRAME = new StackTraceElement("none", "none", null, -1);

    /**
     * A loop's method is this near above the JDK's select at the most: {@code lockAndDoSelect, select, select, run}.
     */
    private static final int LOOP_FRAMES = 6;

    /** {@link StallsightThread#asked} of a thread about which the policies were not asked so far. */
    private static final int UNDECIDED = Integer.MIN_VALUE;

    /** Bit i of {@link StallsightThread#asked}: policy i is asked; bit i + 15: on a thread that it calls dynamic. */
    private static final int MOST_ASKED = 15;

    /** Deeper in the stack no caller of a connect is looked for. */
    private static final int MOST_FRAMES = 256;

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final Naming naming;
    private final Describer describer;
    private final CallListener listener;
    private final NonBlockingThreads nonBlocking;
    private final FrameRules loops;
    private final FrameRules notLoops;
    private final Set<StallsightThread> withRecord = ConcurrentHashMap.newKeySet();
    private final LongAdder shortCalls = new LongAdder();
    private final TickListener tickListener;
    private final ConnectionListener connections;
    private final Set<String> workers = new HashSet<>();
    private final RuleBook rules;
    private final CopyOnWriteArrayList<CallPolicy> policies = new CopyOnWriteArrayList<>();
    private final Set<String> connectionPools = new HashSet<>();
    private final CopyOnWriteArrayList<AskedPolicy> asked = new CopyOnWriteArrayList<>();
    private volatile Predicate<Object> takeOver = tool -> false;
    private volatile BiConsumer<Point, Object> onHost = (point, host) -> {};
    private volatile Runnable onThreadStart = () -> {};
    private volatile Settings settings;

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
        for (Point point : catalog.points()) {
            if (point.type().isOfWorkers()) {
                workers.add(point.owner());
            }
            if (point.type() == Point.Type.SERVE) {
                connectionPools.add(point.owner());
            }
        }
        this.describer = describer;
        this.listener = listener;
        this.nonBlocking = nonBlocking;
        this.classifier = new ThreadClassifier(catalog.threads(), config.threads(), config.threadsExclude());
        this.naming = new Naming(new Libraries(catalog.libraryPackages(), config.packages()), catalog.names());
        this.loops = new FrameRules(catalog.loops());
        this.notLoops = new FrameRules(catalog.notLoops());
        this.rules = rules;
        rules.nameBy(naming);
        this.settings = new Settings(config.mode(), config.thresholdBlocking(), config.thresholdStall());
    }

    /** From now on {@code policy} is asked before each blocking call that no rule allows. */
    public void add(CallPolicy policy) {
        policies.add(policy);
    }

    public void remove(CallPolicy policy) {
        policies.remove(policy);
    }

    /**
     * Adds what is said of threads. Threads are classified by it after
     * {@link io.stallsight.hook.StallsightHook#reclassify()}.
     */
    public void add(ThreadPolicy policy) {
        classifier.add(policy);
    }

    /**
     * Adds a policy that is asked about calls. For threads the same holds as for any {@link ThreadPolicy}.
     *
     * @throws IllegalStateException if there are too many
     */
    public synchronized void add(AskedPolicy policy) {
        if (asked.size() == MOST_ASKED) {
            throw new IllegalStateException("more than " + MOST_ASKED + " policies");
        }
        asked.add(policy);
        classifier.add(policy);
    }

    @Override
    public @Nullable Throwable ask(StallsightThread state, int point) {
        if (state.asked == UNDECIDED) {
            state.asked = askedOn(state.thread);
        }
        int mask = state.asked;
        for (int i = 0; mask >>> i != 0 && i < MOST_ASKED; i++) {
            boolean dynamic = (mask & 1 << i + MOST_ASKED) != 0;
            if (dynamic || (mask & 1 << i) != 0) {
                AskedPolicy.Reply reply = asked.get(i).ask(catalog.point(point), state.thread, dynamic);
                state.told |= reply.told();
                if (reply.refusal() != null) {
                    return reply.refusal();
                }
            }
        }
        return null;
    }

    private int askedOn(Thread thread) {
        if (classifier.isExcluded(thread)) {
            return StallsightThread.NOT_ASKED;
        }
        int mask = 0;
        for (int i = 0; i < asked.size(); i++) {
            mask |= switch (asked.get(i).about(thread)) {
                case NOTHING -> 0;
                case NON_BLOCKING -> 1 << i;
                case DYNAMIC -> 1 << i + MOST_ASKED;
            };
        }
        return mask;
    }

    @Override
    public boolean takeOver(Object tool) {
        return takeOver.test(tool);
    }

    @Override
    public void hostSeen(int point, Object host) {
        onHost.accept(catalog.point(point), host);
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

    public Settings settings() {
        return settings;
    }

    /** Takes effect with the next call and the next end of a tick. */
    public void setSettings(Settings changed) {
        settings = changed;
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightThread state = entry.state();
            StallsightTicks loop = state == null ? null : state.ticks;
            if (loop != null) {
                loop.slowNanos = changed.stall();
            }
        }
    }

    /** Blocking calls on non-blocking threads that were shorter than the threshold. */
    public long shortCalls() {
        return shortCalls.sum();
    }

    /**
     * Goes once through what a first report needs, so that the first blocking call is not made longer by class loading.
     * Called on a thread of the agent, so the call that it makes up has the stack of the agent itself.
     */
    public BlockingCall rehearse() {
        rules.measuring(settings.mode()).verdict(MONITOR, Kind.MONITOR);
        List<StackTraceElement> stack = List.of(new Throwable().getStackTrace());
        return call(
                MONITOR,
                Kind.MONITOR,
                describer.describe(new Object()), // none of those that it knows, so it asks for each
                1,
                Thread.currentThread(),
                stack.isEmpty() ? List.of(NO_FRAME) : stack,
                null,
                true,
                0,
                false);
    }

    @Override
    public void classify(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        ThreadClassifier.Verdict verdict = classifier.classify(state.thread);
        state.asked = asked.isEmpty() ? StallsightThread.NOT_ASKED : UNDECIDED;
        state.excluded = verdict == ThreadClassifier.Verdict.MAY_BLOCK;
        state.dynamic = verdict == ThreadClassifier.Verdict.DYNAMIC;
        boolean must = verdict == ThreadClassifier.Verdict.NON_BLOCKING
                || verdict == ThreadClassifier.Verdict.DYNAMIC
                || verdict == ThreadClassifier.Verdict.UNKNOWN && record != null && record.isLoop();
        setNonBlocking(state, must);
    }

    private void setNonBlocking(StallsightThread state, boolean must) {
        state.mayBlock = !must;
        if (must) {
            if (state.ticks == null) {
                state.ticks = newTicks(state.thread);
            }
            nonBlocking.add(state.thread, state);
        } else {
            state.ticks = null;
            nonBlocking.remove(state.thread);
        }
    }

    private StallsightTicks newTicks(Thread thread) {
        StallsightTicks ticks = new StallsightTicks();
        ticks.slowNanos = settings.stall();
        ticks.nativeId = thread == Thread.currentThread() ? ThreadTimes.currentNativeId() : 0;
        return ticks;
    }

    // ---- ticks

    @Override
    public void slowTick(StallsightThread state, StallsightTicks loop, long start, long end) {
        if (state.pending.get() != null) {
            publishPending(state); // a wait for a monitor belongs to the tick in which it was
        }
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

    /** Whether the thread is at the moment lent to work that may block. May be asked by any thread. */
    public boolean mayBlockNow(StallsightThread state) {
        return state.dynamic && !classifier.nonBlockingNow(state.thread);
    }

    /** The kind of the blocking call that the thread is in, or null; a glimpse from another thread. */
    public @Nullable Kind callInProgress(StallsightThread state) {
        int point = state.outer;
        if (point == 0) {
            return null;
        }
        Kind kind = catalog.point(point).kind();
        return kind == null ? Kind.PARK : kind;
    }

    /** Threads with names that match one of {@code globs} must not block, once they are classified anew. */
    public void addThreads(List<String> globs) {
        classifier.add(globs.stream().map(Glob::new).toList());
    }

    /** Replaces option {@code threads}, from the next classification on. */
    public void setThreads(List<Glob> globs) {
        classifier.setThreads(globs);
    }

    /** Whether nothing but {@link #addThreads} says that the thread must not block. */
    public boolean isRequestedOnly(Thread thread) {
        if (!classifier.isRequestedOnly(thread)) {
            return false;
        }
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            if (entry.thread() == thread && entry.state() != null) {
                ThreadRecord record = existingRecord(entry.state());
                return record == null || !record.isLoop();
            }
        }
        return true;
    }

    /**
     * The non-blocking threads that do something for {@code context} at this moment: they are in a blocking call, queue
     * for a monitor, or run a tick.
     */
    public List<StallsightThread> working(long context) {
        List<StallsightThread> working = new ArrayList<>();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightThread state = entry.state();
            if (state != null && state.context == context && isWorking(state)) {
                working.add(state);
            }
        }
        return working;
    }

    private static boolean isWorking(StallsightThread state) {
        StallsightTicks loop = state.ticks;
        return state.outer != 0
                || state.pending.get() != null
                || state.thread.getState() == Thread.State.BLOCKED
                || loop != null && loop.inTick() && state.idle == 0;
    }

    /** The blocking call that a thread is in, as a glimpse from another thread; null if it is in none or may be. */
    public @Nullable BlockingCall inProgress(StallsightThread state) {
        int point = state.outer;
        long nanos = System.nanoTime() - state.start;
        if (point == 0) {
            return null;
        }
        List<StackTraceElement> stack = rules.inspect(state.thread.getStackTrace(), settings.mode());
        if (stack == null || stack.isEmpty() || state.outer != point) {
            return null;
        }
        Kind kind = catalog.point(point).kind();
        return call(
                catalog.point(point),
                kind == null ? Kind.PARK : kind,
                "",
                nanos,
                state.thread,
                stack,
                null,
                false,
                state.context,
                false);
    }

    /**
     * What a loop has done so far.
     *
     * @param busy nanoseconds in ticks, the running one included
     */
    public record LoopTime(String thread, long busy, long ticks) {}

    public List<LoopTime> loops() {
        List<LoopTime> loops = new ArrayList<>();
        long now = System.nanoTime();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightThread state = entry.state();
            StallsightTicks loop = state == null ? null : state.ticks;
            if (loop != null) {
                long start = loop.start();
                loops.add(new LoopTime(
                        entry.thread().getName(), loop.busy + (start == 0 ? 0 : Math.max(0, now - start)), loop.ticks));
            }
        }
        return loops;
    }

    /** What the thread waits for if it is in a call that another thread has to end; a glimpse from another thread. */
    public @Nullable Object awaited(StallsightThread state) {
        int point = state.outer;
        Object self = state.outerSelf;
        if (point == 0) {
            return null;
        }
        Kind kind = catalog.point(point).kind();
        return kind == Kind.FUTURE || kind == Kind.WAIT || kind == Kind.LOCK || kind == Kind.QUEUE ? self : null;
    }

    /** The application frame of a stack, as blocking calls have it; 0 if there is none. */
    public int site(List<StackTraceElement> stack) {
        return naming.site(stack);
    }

    /** Whether a thread with this stack waits for work. */
    public boolean isIdle(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            for (Point point : catalog.pointsOf(frame.getClassName())) {
                if (point.type().isIdle() && point.method().name().equals(frame.getMethodName())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The blocking call that a thread with this stack is in, in the words of reports; null if it is in none. */
    public @Nullable String callOn(List<StackTraceElement> stack) {
        int site = naming.site(stack);
        for (int i = 0; i <= site && i < stack.size(); i++) {
            StackTraceElement frame = stack.get(i);
            for (Point point : catalog.pointsOf(frame.getClassName())) {
                Kind kind = point.kind();
                if (kind != null && point.method().name().equals(frame.getMethodName())) {
                    return point.doing() != null && kind != Kind.PARK
                            ? point.doing()
                            : naming.name(point, kind, stack.subList(i, stack.size()))
                                    .api();
                }
            }
        }
        return null;
    }

    public boolean isApplication(StackTraceElement frame) {
        return naming.isApplication(frame);
    }

    /**
     * The application frame that called, as far as one did: a frame outside of the loop that runs a worker's tasks only
     * started the worker. Called by the thread itself.
     */
    public @Nullable StackTraceElement caller() {
        return StackWalker.getInstance().walk(this::caller);
    }

    private @Nullable StackTraceElement caller(Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> walk = frames.iterator();
        for (int depth = 0; depth < MOST_FRAMES && walk.hasNext(); depth++) {
            StackWalker.StackFrame frame = walk.next();
            String className = frame.getClassName();
            if (Frames.isAgent(className)) {
                continue;
            }
            int nested = className.indexOf('$');
            String outer = nested < 0 ? className : className.substring(0, nested);
            if (workers.contains(outer) || connectionPools.contains(outer) && !isServingWhoAsks()) {
                return null;
            }
            if (naming.isApplication(className)) {
                return frame.toStackTraceElement();
            }
        }
        return null;
    }

    /** Whoever comes to a pool of connections first serves those who come meanwhile, too, and knows nothing of them. */
    private static boolean isServingWhoAsks() {
        StallsightThread state = StallsightThread.current();
        return state != null && state.asking != null && !state.servingOther;
    }

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

    /** Adds a call to the tick that it was made in. */
    private static void account(StallsightThread state, Kind kind, long nanos, @Nullable BlockingCall call) {
        StallsightTicks loop = state.ticks;
        if (loop == null) {
            return;
        }
        if (kind == Kind.LOCK || kind == Kind.MONITOR) {
            loop.locked += nanos;
        } else {
            loop.blocked += nanos;
        }
        if (call != null && nanos > loop.longestCallNanos) {
            loop.longestCall = call;
            loop.longestCallNanos = nanos;
        }
    }

    @Override
    public boolean nonBlockingNow(StallsightThread state) {
        return classifier.nonBlockingNow(state.thread);
    }

    @Override
    public void threadStarting(Thread thread) {
        ThreadClassifier.Verdict verdict = classifier.known(thread);
        if (verdict == ThreadClassifier.Verdict.NON_BLOCKING) {
            nonBlocking.add(thread, null);
        }
        if (verdict != ThreadClassifier.Verdict.MAY_BLOCK) {
            onThreadStart.run();
        }
    }

    @Override
    public void threadEnding(StallsightThread state) {
        if (state.pending.get() != null) {
            publishPending(state);
        }
        nonBlocking.remove(state.thread);
        ThreadRecord record = existingRecord(state);
        if (record != null) {
            withRecord.remove(state);
            if (record.unproven != null) {
                publish(record.unproven.elsewhere());
            }
        }
    }

    @Override
    public @Nullable Throwable refuse(StallsightThread state) {
        boolean strict = settings.mode() == Mode.STRICT;
        if (!strict && policies.isEmpty()) {
            return null;
        }
        BlockingCall call = describeCall(state, 0, rules.refusing());
        if (call == null) {
            return null;
        }
        Point point = catalog.point(state.outer);
        for (CallPolicy policy : policies) {
            Throwable refusal = policy.refuse(point, call);
            if (refusal != null) {
                return refusal;
            }
        }
        if (!strict) {
            return null;
        }
        publish(call);
        BlockingCallError error = new BlockingCallError(call.kind(), call.api(), StrictMessage.of(call));
        error.setStackTrace(call.stack().toArray(new StackTraceElement[0]));
        return error;
    }

    @Override
    public void entered(StallsightThread state) {
        state.attachment = listener.begin(true);
    }

    @Override
    public void exited(StallsightThread state, long nanos) {
        if (nanos < catalog.point(state.outer).leastNanos()) {
            return;
        }
        if (nanos < settings.threshold()) {
            shortCalls.increment();
            account(state, kind(catalog.point(state.outer), state), nanos, null);
            return;
        }
        listener.end(state.attachment);
        BlockingCall call = describeCall(state, nanos, rules.measuring(settings.mode()));
        account(state, call == null ? kind(catalog.point(state.outer), state) : call.kind(), nanos, call);
        if (call != null) {
            publish(call);
        }
    }

    private void publish(BlockingCall call) {
        listener.blockingCall(call);
    }

    /** Null if a rule allows the call. */
    private @Nullable BlockingCall describeCall(StallsightThread state, long nanos, StackVerdicts verdicts) {
        Point point = catalog.point(state.outer);
        StackVerdicts.Verdict verdict = verdicts.verdict(point, kind(point, state));
        return verdict.name() == null
                ? null
                : call(
                        verdict.name(),
                        detail(point, state),
                        nanos,
                        state.thread,
                        verdict.stack(),
                        state.attachment,
                        true,
                        state.context,
                        state.told);
    }

    /** A scope around many kinds of calls (an input stream's) takes the kind of what ran inside. */
    private Kind kind(Point outer, StallsightThread state) {
        Kind kind = outer.kind();
        if (kind == null && state.inner != 0) {
            kind = catalog.point(state.inner).kind();
        }
        if (kind == Kind.FILE && describer.isConsole(state.inner == 0 ? state.outerSelf : state.innerSelf)) {
            return Kind.CONSOLE;
        }
        return kind == null ? Kind.PARK : kind;
    }

    private BlockingCall call(
            Point point,
            Kind pointKind,
            String detail,
            long nanos,
            Thread thread,
            List<StackTraceElement> stack,
            @Nullable Object attachment,
            boolean onThread,
            long context,
            boolean told) {
        return call(
                naming.name(point, pointKind, stack),
                detail,
                nanos,
                thread,
                stack,
                attachment,
                onThread,
                context,
                told);
    }

    private BlockingCall call(
            Naming.Name name,
            String detail,
            long nanos,
            Thread thread,
            List<StackTraceElement> stack,
            @Nullable Object attachment,
            boolean onThread,
            long context,
            boolean told) {
        return new BlockingCall(
                name.kind(),
                name.api(),
                detail,
                nanos,
                thread,
                thread.getName(),
                LoopGroup.of(thread.getName()),
                stack,
                stack.get(name.site()),
                name.fix(),
                attachment,
                onThread,
                context,
                told);
    }

    /** What the call itself was about, or else what took longest inside. */
    private String detail(Point outer, StallsightThread state) {
        String own = detail(outer, state.outerSelf, state.outerSubject);
        if (!own.isEmpty() || state.inner == 0) {
            return own;
        }
        Point inner = catalog.point(state.inner);
        String detail = detail(inner, state.innerSelf, state.innerSubject);
        if (detail.isEmpty() && outer.kind() != inner.kind()) {
            return inner.doing() == null ? inner.apiName() : inner.doing();
        }
        return detail;
    }

    private String detail(Point point, @Nullable Object self, @Nullable Object subject) {
        if (point.subject() == Point.NO_SUBJECT) {
            return "";
        }
        String what = describer.describe(point.subject() == Point.RECEIVER ? self : subject);
        String doing = point.doing();
        return doing == null || what.isEmpty() ? what : doing + " " + what;
    }

    // ---- selectors: a loop's idle point, or a blocking call

    @Override
    public void loopSeen(StallsightThread state, int point) {
        record(state).runsLoopPoint = true;
        setNonBlocking(state, true);
    }

    @Override
    public int selecting(StallsightThread state, Object selector) {
        ThreadRecord record = record(state);
        if (record.loopSelector.refersTo(selector)) {
            return StallsightThread.SELECT_LOOP;
        }
        if (record.loopSelector.get() == null && isSelectOfLoop()) {
            becomesLoop(state, record, selector); // also of a thread that is known as a loop by how it begins
            return StallsightThread.SELECT_LOOP;
        }
        if (record.isLoop() || record.polledSelector.refersTo(selector)) {
            return StallsightThread.SELECT_BLOCKING; // a loop that waits in another selector than its own stands still
        }
        if (record.lastSelector.refersTo(selector)) {
            if (isPolled()) {
                record.polledSelector = new WeakReference<>(selector);
                ThreadRecord.UnprovenSelect first = record.unproven;
                record.unproven = null;
                if (first != null) {
                    publish(first.elsewhere());
                }
                return StallsightThread.SELECT_BLOCKING;
            }
            // the second time: this is what the thread does for a living, and so was the first
            record.unproven = null;
            becomesLoop(state, record, selector);
            return StallsightThread.SELECT_LOOP;
        }
        ThreadRecord.UnprovenSelect unproven = record.unproven;
        record.unproven = null;
        record.lastSelector = new WeakReference<>(selector);
        state.knowsSelectors = true;
        if (unproven != null) {
            publish(unproven.elsewhere());
        }
        if (state.mayBlock) {
            return StallsightThread.SELECT_IGNORED;
        }
        record.unprovenAttachment = listener.begin(false);
        return StallsightThread.SELECT_UNPROVEN;
    }

    @Override
    public void selected(StallsightThread state, Object selector, long nanos, boolean proven) {
        if (nanos < settings.threshold()) {
            shortCalls.increment();
            return;
        }
        listener.end(state.attachment);
        BlockingCall call = describeCall(state, nanos, rules.measuring(settings.mode()));
        if (call == null) {
            return;
        }
        account(state, Kind.SELECT, nanos, proven ? call : null);
        if (proven) {
            publish(call);
        } else {
            ThreadRecord record = record(state);
            listener.end(record.unprovenAttachment);
            record.unproven =
                    new ThreadRecord.UnprovenSelect(new WeakReference<>(selector), call, record.unprovenAttachment);
        }
    }

    @Override
    public void selectorClosed(StallsightThread state, Object selector) {
        ThreadRecord record = record(state);
        if (record.loopSelector.refersTo(selector)) {
            record.forgetLoopSelector();
            classify(state); // without its selector it is what its name and class say
        }
        if (record.lastSelector.refersTo(selector)) {
            record.forgetLastSelector();
        }
        ThreadRecord.UnprovenSelect unproven = record.unproven;
        if (unproven != null && unproven.selector().refersTo(selector)) {
            record.unproven = null;
            publish(unproven.call());
        }
    }

    private void becomesLoop(StallsightThread state, ThreadRecord record, Object selector) {
        record.forgetLastSelector();
        WeakReference<Object> reference = new WeakReference<>(selector);
        record.loopSelector = reference;
        state.knowsSelectors = true;
        setNonBlocking(state, true);
        state.ticks.selector = reference;
    }

    /** Whether the caller is an event loop that the catalog knows: its very first select is one of a loop. */
    private boolean isSelectOfLoop() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !Frames.isAgent(frame.getClassName()))
                        .limit(LOOP_FRAMES)
                        .anyMatch(frame -> loops.find(frame.getClassName(), frame.getMethodName(), false) != null));
    }

    private boolean isPolled() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(
                        frame -> notLoops.find(frame.getClassName(), frame.getMethodName(), false) != null));
    }

    private ThreadRecord record(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        if (record == null) {
            record = new ThreadRecord();
            state.engine = record;
            withRecord.add(state);
        }
        return record;
    }

    private static @Nullable ThreadRecord existingRecord(StallsightThread state) {
        return state.engine instanceof ThreadRecord record ? record : null;
    }

    /** Drops what threads that live on would keep of the engine and its loader. */
    public void forgetThreads() {
        for (StallsightThread state : withRecord) {
            state.engine = null;
        }
        withRecord.clear();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightThread state = entry.state();
            StallsightTicks loop = state == null ? null : state.ticks;
            if (loop != null) {
                loop.longestCall = null;
            }
        }
    }

    // ---- contended monitors, seen from outside

    @Override
    public void publishPending(StallsightThread state) {
        if (state.pending.getAndSet(null) instanceof MonitorWait wait) {
            if (!wait.isOver()) {
                listener.end(wait.attachment());
            }
            BlockingCall call = contended(wait);
            if (call != null) {
                account(state, Kind.MONITOR, call.nanos(), call);
                publish(call);
            }
        }
    }

    /**
     * The call that a wait for a monitor was, or null if it was short or a rule allows it, or if a hook waited: the
     * application's line would get the blame.
     */
    public @Nullable BlockingCall contended(MonitorWait wait) {
        long nanos = wait.nanos(System.nanoTime());
        if (nanos < settings.threshold()) {
            shortCalls.increment();
            return null;
        }
        if (Frames.anyOfAgent(wait.stack())) {
            return null;
        }
        List<StackTraceElement> kept = rules.inspect(wait.stack(), settings.mode());
        return kept == null || kept.isEmpty()
                ? null
                : call(
                        MONITOR,
                        Kind.MONITOR,
                        wait.monitor(),
                        nanos,
                        wait.thread(),
                        kept,
                        wait.attachment(),
                        false,
                        wait.context(),
                        false);
    }
}
