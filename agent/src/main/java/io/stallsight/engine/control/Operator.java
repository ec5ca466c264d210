package io.stallsight.engine.control;

import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigException;
import io.stallsight.engine.config.ConfigReader;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.config.Option;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.frame.FramePattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes options of the running agent, for JMX, the dashboard and the command line. Thread-safe. */
public final class Operator {

    /** The source of the rules of option {@code allow}, as reports show it. */
    public static final String OPTION_ALLOW = "option allow";

    private final Map<String, String> settings;
    private final RuleBook rules;
    private final Runnable forgetHistory;
    private @Nullable Runnable removeAllowRules;

    /** The effect of each option that can change, by key. It receives a configuration with only this option set. */
    private final Map<String, Consumer<Config>> changes = new TreeMap<>();

    /**
     * @param config the configuration at the start; its allow rules are added to those of {@code detection}
     * @param forgetHistory deletes all findings and everything that was measured
     */
    public Operator(Config config, Detection detection, Runnable forgetHistory) {
        settings = new LinkedHashMap<>(config.values());
        rules = detection.rules();
        this.forgetHistory = forgetHistory;
        changes.put(Option.MODE.key(), changed -> detection.settings().setMode(notOff(changed.mode())));
        changes.put(
                Option.THRESHOLD_BLOCKING.key(),
                changed -> detection.settings().setThreshold(changed.thresholdBlocking()));
        changes.put(
                Option.THRESHOLD_STALL.key(), changed -> detection.settings().setStall(changed.thresholdStall()));
        changes.put(Option.THREADS.key(), changed -> detection.classifier().setThreads(changed.threads()));
        changes.put(Option.ALLOW.key(), this::allow);
        allow(config);
    }

    /** Returns the effective values of all options, by key. */
    public synchronized Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    /** Returns the keys that {@link #set} accepts. */
    public Set<String> changeable() {
        return Collections.unmodifiableSet(changes.keySet());
    }

    /**
     * Changes one option. The next blocking call is already judged by the new value.
     *
     * @throws ConfigException if the key or the value is not acceptable; nothing is changed, and the message is one
     *     line for the user
     */
    public synchronized void set(String key, String value) {
        Config changed = ConfigReader.readOne(key, value, "request");
        Consumer<Config> effect = changes.get(key);
        if (effect == null) {
            throw new ConfigException(
                    "option " + key + " cannot change at run time; these can: " + String.join(", ", changeable()));
        }
        effect.accept(changed);
        settings.put(key, value);
    }

    /** Deletes all findings and history. */
    public synchronized void reset() {
        forgetHistory.run();
    }

    private static Mode notOff(Mode mode) {
        if (mode == Mode.OFF) {
            throw new ConfigException("mode=off cannot be set at run time: detach the agent");
        }
        return mode;
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
