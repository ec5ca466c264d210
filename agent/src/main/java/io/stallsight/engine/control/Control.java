package io.stallsight.engine.control;

import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.detect.CallPolicy;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.Settings;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.finding.Output;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightContexts;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
public final class Control implements BiFunction<String, Object, Object>, Output, FactListener {

    private final CopyOnWriteArrayList<Consumer<Map<String, Object>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong lastContext = new AtomicLong();
    private @Nullable Detector detector;
    private @Nullable Inside inside;

    /** Operations of the engine, besides those of the detector. Called on any thread. */
    public interface Inside {
        /** Waits until the agent's threads have reported everything observed so far; returns whether they have. */
        boolean flush(long nanos);

        /** Prepares for loops that begin soon, so that their first tick is observed as well. */
        void expectLoops();

        /** Returns the allow rules of the user, without those of the catalog. */
        List<FrameRule> userRules();

        /** Returns how often the rule has allowed a call. */
        long hits(FrameRule rule);

        /** Sets whether findings stay out of the log. */
        void mute(boolean mute);
    }

    /** Must be called before {@link #apply}. */
    public void connect(Detector operated, Inside rest) {
        detector = operated;
        inside = rest;
    }

    @Override
    @SuppressWarnings("unchecked") // the only caller is the agent's own AgentLink
    public Object apply(String operation, Object argument) {
        switch (operation) {
            case "listen":
                Consumer<Map<String, Object>> listener = (Consumer<Map<String, Object>>) argument;
                listeners.add(listener);
                inside().expectLoops();
                return (Runnable) () -> listeners.remove(listener);
            case "context":
                return StallsightContexts.begin((Long) argument);
            case "refuse":
                CallPolicy policy = policy((Function<Map<String, Object>, Throwable>) argument);
                detector().add(policy);
                return (Runnable) () -> detector().remove(policy);
            case "threshold":
                Settings settings = detector().settings();
                if (argument != null) {
                    detector().setSettings(new Settings(settings.mode(), (Long) argument, settings.stall()));
                }
                return settings.threshold();
            case "stallThreshold":
                Settings before = detector().settings();
                if (argument != null) {
                    detector().setSettings(new Settings(before.mode(), before.threshold(), (Long) argument));
                }
                return before.stall();
            case "newContext":
                return lastContext.incrementAndGet();
            case "flush":
                return inside().flush((Long) argument);
            case "working":
                return glimpses().working((Long) argument).size();
            case "inProgress":
                return callsInProgress((Long) argument);
            case "loops":
                return glimpses().loops().stream().map(Events::of).toList();
            case "rules":
                return inside().userRules().stream()
                        .map(rule -> Map.<String, Object>of(
                                "rule", rule.frames().text(), "source", rule.source(), "hits", inside().hits(rule)))
                        .toList();
            case "threads":
                detector().addThreads((List<String>) argument);
                StallsightAgent.reclassify();
                return true;
            case "mute":
                inside().mute((Boolean) argument);
                return true;
            default:
                throw new IllegalArgumentException("unknown operation " + operation);
        }
    }

    private Detector detector() {
        Detector operated = detector;
        if (operated == null) {
            throw new IllegalStateException("not connected");
        }
        return operated;
    }

    private Glimpses glimpses() {
        return detector().glimpses();
    }

    private List<Map<String, Object>> callsInProgress(long context) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (StallsightThread state : glimpses().working(context)) {
            BlockingCall call = glimpses().callInProgress(state);
            if (call != null) {
                events.add(event(call, state.thread));
            }
        }
        return events;
    }

    private Inside inside() {
        Inside operated = inside;
        if (operated == null) {
            throw new IllegalStateException("not connected");
        }
        return operated;
    }

    private Map<String, Object> event(BlockingCall call, Thread thread) {
        return Events.of(call, Findings.fingerprint(call), glimpses().isRequestedOnly(thread));
    }

    private CallPolicy policy(Function<Map<String, Object>, Throwable> function) {
        return new CallPolicy() {
            @Override
            public @Nullable Throwable refuse(Point point, BlockingCall call) {
                return function.apply(event(call, Thread.currentThread()));
            }
        };
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (!listeners.isEmpty()) {
            publish(Events.of(call, finding.fingerprint(), glimpses().isRequestedOnly(delivery.thread())));
        }
    }

    @Override
    public void observed(Fact fact) {
        if (!listeners.isEmpty()) {
            Map<String, Object> event = Events.of(fact);
            if (event != null) {
                publish(event);
            }
        }
    }

    private void publish(Map<String, Object> event) {
        for (Consumer<Map<String, Object>> listener : listeners) {
            listener.accept(event);
        }
    }
}
