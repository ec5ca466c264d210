package io.stallsight.engine.control;

import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigException;
import io.stallsight.engine.config.ConfigReader;
import io.stallsight.engine.config.Option;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.Settings;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.frame.FramePattern;
import io.stallsight.hook.StallsightAgent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Changes options of the running agent, for JMX, the dashboard and the command line. Thread-safe. */
public final class Operator {

    /** The source of the rules of option {@code allow}, as reports show it. */
    public static final String OPTION_ALLOW = "option allow";

    private final Map<String, String> settings;
    private final Detector detector;
    private final RuleBook rules;
    private final List<Runnable> onReset = new ArrayList<>();
    private @Nullable Runnable removeAllowRules;

    /** @param config the configuration at the start; its allow rules are added to {@code rules} */
    public Operator(Config config, Detector detector, RuleBook rules) {
        this.settings = new LinkedHashMap<>(config.values());
        this.detector = detector;
        this.rules = rules;
        allow(config);
    }

    /** Adds an action that {@link #reset()} runs, on the thread of its caller. */
    public synchronized void onReset(Runnable action) {
        onReset.add(action);
    }

    /** Returns the effective values of all options, by key. */
    public synchronized Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    /** Returns the keys that {@link #set} accepts. */
    public static Set<String> changeable() {
        Set<String> keys = new TreeSet<>();
        for (Option<?> option : Option.all()) {
            if (option.isChangeable()) {
                keys.add(option.key());
            }
        }
        return keys;
    }

    /**
     * Changes one option. The next blocking call is already judged by the new value.
     *
     * @throws ConfigException if the key or the value is not acceptable; nothing is changed, and the message is one
     *     line for the user
     */
    public synchronized void set(String key, String value) {
        Config changed = ConfigReader.readOne(key, value, "request");
        if (!changeable().contains(key)) {
            throw new ConfigException(
                    "option " + key + " cannot change at run time; these can: " + String.join(", ", changeable()));
        }
        Settings now = detector.settings();
        switch (key) {
            case "mode" -> {
                if (value.equals("off")) {
                    throw new ConfigException("mode=off cannot be set at run time: detach the agent");
                }
                detector.setSettings(new Settings(changed.mode(), now.threshold(), now.stall()));
            }
            case "threshold.blocking" ->
                detector.setSettings(new Settings(now.mode(), changed.thresholdBlocking(), now.stall()));
            case "threshold.stall" ->
                detector.setSettings(new Settings(now.mode(), now.threshold(), changed.thresholdStall()));
            case "allow" -> allow(changed);
            default -> {
                detector.setThreads(changed.threads());
                StallsightAgent.reclassify();
            }
        }
        settings.put(key, value);
    }

    /** Deletes all findings and history. */
    public synchronized void reset() {
        onReset.forEach(Runnable::run);
    }

    private void allow(Config config) {
        List<FrameRule> allowed = new ArrayList<>();
        for (FramePattern frames : config.allow()) {
            allowed.add(FrameRule.allow(frames, OPTION_ALLOW, OPTION_ALLOW));
        }
        Runnable before = removeAllowRules;
        removeAllowRules = rules.add(allowed);
        if (before != null) {
            before.run();
        }
    }
}
