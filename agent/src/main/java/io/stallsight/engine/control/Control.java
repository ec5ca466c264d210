package io.stallsight.engine.control;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.detect.CallPolicies;
import io.stallsight.engine.detect.CallPolicy;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.LiveSettings;
import io.stallsight.engine.detect.ThreadClassifier;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.watch.WatchingThread;
import io.stallsight.hook.StallsightContexts;
import io.stallsight.hook.StallsightThread;
import io.stallsight.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations for the test support, called by name with arguments and results of JDK types. Durations are in
 * nanoseconds. Thread-safe.
 *
 * <table>
 *   <caption>Operations</caption>
 *   <tr><td>listen</td><td>Argument: a {@code Consumer<Map<String, Object>>} that receives each reported fact. It runs on
 *       the blocked thread or on a thread of the agent, so it must be fast. Returns a {@code Runnable} that removes
 *       it.</td></tr>
 *   <tr><td>context</td><td>Argument: a {@code Long}, the context for which the current thread works from here on.
 *       Returns the context before.</td></tr>
 *   <tr><td>refuse</td><td>Argument: a {@code Function<Map<String, Object>, Throwable>} that is called before each
 *       blocking call. If it returns a throwable, the call throws that and does not run. Returns a {@code Runnable} that
 *       removes the function.</td></tr>
 *   <tr><td>threshold</td><td>Argument: a {@code Long}, the threshold of blocking calls, or null to leave it. Returns the
 *       threshold before.</td></tr>
 *   <tr><td>stallThreshold</td><td>The same for the threshold of stalls.</td></tr>
 *   <tr><td>newContext</td><td>Returns a {@code Long} that no other context of this JVM has.</td></tr>
 *   <tr><td>collect</td><td>Argument: a {@code Long}, a context whose findings one caller takes for itself. Returns a
 *       {@code Runnable} that ends this.</td></tr>
 *   <tr><td>isCollected</td><td>Argument: a {@code Long}, a context. Returns whether one caller takes its findings; of
 *       context 0, whether there is exactly one such caller. The JVM may have several copies of the test support, each
 *       with a class loader of its own, so only the agent knows.</td></tr>
 *   <tr><td>flush</td><td>Argument: a {@code Long}, the longest time to wait. Waits until the agent's threads have
 *       reported everything that they have observed so far. Returns whether they have.</td></tr>
 *   <tr><td>working</td><td>Argument: a {@code Long}, a context. Returns how many non-blocking threads work for it at
 *       this moment.</td></tr>
 *   <tr><td>inProgress</td><td>Argument: a {@code Long}, a context. Returns a list of the blocking calls that have not
 *       ended, in the form of {@code listen}.</td></tr>
 *   <tr><td>loops</td><td>Returns a list with a map for each loop: {@code thread}, {@code busy} (time since its start)
 *       and {@code ticks}.</td></tr>
 *   <tr><td>rules</td><td>Returns a list of the user's allow rules: {@code rule}, {@code source}, {@code
 *       hits}.</td></tr>
 *   <tr><td>threads</td><td>Argument: a list of globs. Threads with such names must not block from here on.</td></tr>
 *   <tr><td>mute</td><td>Argument: a {@code Boolean}, whether findings stay out of the log. The test support mutes them
 *       because it reports them itself.</td></tr>
 * </table>
 */
public final class Control implements BiFunction<String, Object, Object> {

    /** A listener may come with the first loop of its test, whose first wait counts. */
    private static final long GET_READY_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private final FindingFeed feed;
    private final CallPolicies policies;
    private final LiveSettings settings;
    private final ThreadClassifier classifier;
    private final Glimpses glimpses;
    private final RuleBook rules;
    private final WatchingThread watching;
    private final Consumer<Boolean> muteLog;
    private final AtomicLong lastContext = new AtomicLong();
    private final Set<Long> collected = ConcurrentHashMap.newKeySet();

    /** @param muteLog keeps findings out of the log, or lets them in again */
    public Control(FindingFeed feed, Detection detection, WatchingThread watching, Consumer<Boolean> muteLog) {
        this.feed = feed;
        this.policies = detection.policies();
        this.settings = detection.settings();
        this.classifier = detection.classifier();
        this.glimpses = detection.glimpses();
        this.rules = detection.rules();
        this.watching = watching;
        this.muteLog = muteLog;
    }

    @Override
    @SuppressWarnings("unchecked") // the only caller is the agent's own AgentLink
    public Object apply(String operation, Object argument) {
        switch (operation) {
            case "listen":
                Consumer<Map<String, Object>> listener = (Consumer<Map<String, Object>>) argument;
                feed.add(listener);
                watching.expect(GET_READY_LIMIT);
                return (Runnable) () -> feed.remove(listener);
            case "context":
                return StallsightContexts.begin((Long) argument);
            case "refuse":
                CallPolicy policy = policy((Function<Map<String, Object>, Throwable>) argument);
                policies.add(policy);
                return (Runnable) () -> policies.remove(policy);
            case "threshold":
                long threshold = settings.get().threshold();
                if (argument != null) {
                    settings.setThreshold((Long) argument);
                }
                return threshold;
            case "stallThreshold":
                long stall = settings.get().stall();
                if (argument != null) {
                    settings.setStall((Long) argument);
                }
                return stall;
            case "newContext":
                return lastContext.incrementAndGet();
            case "collect":
                Long context = (Long) argument;
                collected.add(context);
                return (Runnable) () -> collected.remove(context);
            case "isCollected":
                return (Long) argument == 0 ? collected.size() == 1 : collected.contains(argument);
            case "flush":
                return watching.flush((Long) argument);
            case "working":
                return glimpses.working((Long) argument).size();
            case "inProgress":
                return callsInProgress((Long) argument);
            case "loops":
                return glimpses.loops().stream().map(Events::of).toList();
            case "rules":
                return userRules();
            case "threads":
                classifier.request(
                        ((List<String>) argument).stream().map(Glob::new).toList());
                return true;
            case "mute":
                muteLog.accept((Boolean) argument);
                return true;
            default:
                throw new IllegalArgumentException("unknown operation " + operation);
        }
    }

    private List<Map<String, Object>> userRules() {
        return rules.rules().stream()
                .filter(rule -> rule.source().equals(Operator.OPTION_ALLOW))
                .map(rule -> Map.<String, Object>of(
                        "rule", rule.frames().text(), "source", rule.source(), "hits", rules.hits(rule)))
                .toList();
    }

    private List<Map<String, Object>> callsInProgress(long context) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (StallsightThread state : glimpses.working(context)) {
            BlockingCall call = glimpses.callInProgress(state, glimpses.served(state));
            if (call != null) {
                events.add(event(call, state.thread()));
            }
        }
        return events;
    }

    private Map<String, Object> event(BlockingCall call, Thread thread) {
        return Events.of(call, Findings.fingerprint(call), glimpses.isRequestedOnly(thread));
    }

    private CallPolicy policy(Function<Map<String, Object>, Throwable> function) {
        return new CallPolicy() {
            @Override
            public @Nullable Throwable refuse(Point point, BlockingCall call) {
                return function.apply(event(call, Thread.currentThread()));
            }
        };
    }
}
