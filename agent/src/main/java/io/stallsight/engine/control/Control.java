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
 * Operations by name, with arguments and results of JDK types. Thread-safe.
 *
 * <table>
 *   <caption>Operations</caption>
 *   <tr><td>listen</td><td>{@code Consumer<Map<String, Object>>}, which gets everything that is found, on the thread that
 *       blocked or on the agent's: be quick. Returns a {@code Runnable} that ends it.</td></tr>
 *   <tr><td>context</td><td>{@code Long}: for whom the current thread works from here on. Returns for whom it did
 *       before.</td></tr>
 *   <tr><td>refuse</td><td>{@code Function<Map<String, Object>, Throwable>}, asked before each blocking call; what it
 *       returns is thrown instead. Returns a {@code Runnable} that ends it.</td></tr>
 *   <tr><td>threshold</td><td>{@code Long}, nanoseconds: the threshold of blocking calls; null only asks. Returns the
 *       one before.</td></tr>
 *   <tr><td>stallThreshold</td><td>The same for stalls.</td></tr>
 *   <tr><td>newContext</td><td>A {@code Long} that no other context of this JVM has.</td></tr>
 *   <tr><td>flush</td><td>{@code Long}, nanoseconds: waits no longer than that until what threads of the agent have seen
 *       so far is told. Returns whether it is.</td></tr>
 *   <tr><td>working</td><td>{@code Long}, a context: how many non-blocking threads work for it right now.</td></tr>
 *   <tr><td>inProgress</td><td>{@code Long}, a context: a list of the blocking calls that go on for it, as
 *       {@code listen} tells them.</td></tr>
 *   <tr><td>loops</td><td>A list of what each loop has done so far: {@code thread}, {@code busy} (nanoseconds),
 *       {@code ticks}.</td></tr>
 *   <tr><td>rules</td><td>A list of the user's own allow rules: {@code rule}, {@code source}, {@code hits}.</td></tr>
 *   <tr><td>threads</td><td>A list of globs: threads of these names must not block from here on.</td></tr>
 *   <tr><td>mute</td><td>{@code Boolean}: whether findings stay out of the log, as somebody else tells them.</td></tr>
 * </table>
 */
public final class Control implements BiFunction<String, Object, Object>, Output, FactListener {

    private final CopyOnWriteArrayList<Consumer<Map<String, Object>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong lastContext = new AtomicLong();
    private @Nullable Detector detector;
    private @Nullable Inside inside;

    /** What of the engine is operated besides the detector. */
    public interface Inside {
        boolean flush(long nanos);

        /** Loops will come whose first tick counts. */
        void expectLoops();

        List<FrameRule> userRules();

        long hits(FrameRule rule);

        void mute(boolean mute);
    }

    /** Before anybody can call. */
    public void connect(Detector operated, Inside rest) {
        detector = operated;
        inside = rest;
    }

    @Override
    @SuppressWarnings("unchecked") // the other side is the agent's own
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
                throw new IllegalArgumentException("no operation " + operation);
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
            tell(Events.of(call, finding.fingerprint(), glimpses().isRequestedOnly(delivery.thread())));
        }
    }

    @Override
    public void observed(Fact fact) {
        if (!listeners.isEmpty()) {
            Map<String, Object> event = Events.of(fact);
            if (event != null) {
                tell(event);
            }
        }
    }

    private void tell(Map<String, Object> event) {
        for (Consumer<Map<String, Object>> listener : listeners) {
            listener.accept(event);
        }
    }
}
