package io.stallsight.engine.control;

import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.detect.BlockingCall;
import io.stallsight.engine.detect.CallPolicy;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.Settings;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import io.stallsight.engine.monitor.MonitorListener;
import io.stallsight.engine.monitor.PoolExhaustion;
import io.stallsight.engine.monitor.SelfDeadlock;
import io.stallsight.engine.monitor.Stall;
import io.stallsight.hook.StallsightContexts;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
 * </table>
 */
public final class Control implements BiFunction<String, Object, Object>, Output, MonitorListener {

    private final CopyOnWriteArrayList<Consumer<Map<String, Object>>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Detector detector;

    /** Before anybody can call. */
    public void connect(Detector operated) {
        detector = operated;
    }

    @Override
    @SuppressWarnings("unchecked") // the other side is the agent's own
    public Object apply(String operation, Object argument) {
        switch (operation) {
            case "listen":
                Consumer<Map<String, Object>> listener = (Consumer<Map<String, Object>>) argument;
                listeners.add(listener);
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

    private static CallPolicy policy(Function<Map<String, Object>, Throwable> function) {
        return new CallPolicy() {
            @Override
            public @Nullable Throwable refuse(Point point, BlockingCall call) {
                return function.apply(Events.of(call, ""));
            }
        };
    }

    @Override
    public void report(Finding finding, BlockingCall call) {
        if (!listeners.isEmpty()) {
            tell(Events.of(call, finding.fingerprint()));
        }
    }

    @Override
    public void stall(Stall stall) {
        if (!listeners.isEmpty()) {
            tell(Events.of(stall));
        }
    }

    @Override
    public void exhausted(PoolExhaustion exhaustion) {
        if (!listeners.isEmpty()) {
            tell(Events.of(exhaustion));
        }
    }

    @Override
    public void selfDeadlock(SelfDeadlock deadlock) {
        if (!listeners.isEmpty()) {
            tell(Events.of(deadlock));
        }
    }

    private void tell(Map<String, Object> event) {
        for (Consumer<Map<String, Object>> listener : listeners) {
            listener.accept(event);
        }
    }
}
