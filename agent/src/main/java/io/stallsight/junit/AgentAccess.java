package io.stallsight.junit;

import io.stallsight.api.AgentLink;
import io.stallsight.api.Finding;
import io.stallsight.api.Stallsight;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent as the tests of this JVM use it, or the reason why they have none. Thread-safe.
 *
 * <p>It reports every blocking call to the tests, however short, and nothing to its own log: tests that fail and the
 * summary show the findings.
 */
final class AgentAccess {

    /** Holds only where there is no agent, and so no finding to compare with it. */
    private static final Duration NO_THRESHOLD = Duration.ofMillis(100);

    private final @Nullable AgentLink link;
    private final String absence;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    private AgentAccess(@Nullable AgentLink link, String absence) {
        this.link = link;
        this.absence = absence;
    }

    /** Finds the agent, or attaches it. Warns on {@code System.err} where this does not do what the settings say. */
    static AgentAccess open(SuiteSettings settings) {
        AgentLink link = AgentLink.find();
        if (link != null) {
            if (!Set.of("threads").containsAll(settings.agentOptions().keySet())) {
                System.err.println("[stallsight] the agent is there through -javaagent, so its options in the tests'"
                        + " files come too late; give them to it: "
                        + settings.agentOptions().keySet());
            }
            return new AgentAccess(link, "");
        }
        if (!settings.flag(SuiteSettings.Key.ATTACH)) {
            return new AgentAccess(
                    null, "Stallsight is not attached, and " + SuiteSettings.Key.ATTACH.property() + " is false");
        }
        try {
            return new AgentAccess(Stallsight.attach(settings.agentOptions()), "");
        } catch (IllegalStateException e) {
            String absence = String.valueOf(e.getMessage());
            System.err.println("[stallsight] " + absence);
            return new AgentAccess(null, absence);
        }
    }

    /** Null if there is no agent. */
    @Nullable
    AgentLink link() {
        return link;
    }

    /** Why there is no agent, in one sentence. */
    String absence() {
        return absence;
    }

    /**
     * @param listener called on threads that must not wait, for findings that no {@link io.stallsight.api.Collector}
     *     takes
     */
    void listen(List<String> threads, Consumer<Finding> listener) {
        if (link != null) {
            link.mute(true);
            link.threshold(Duration.ZERO);
            watch(threads);
            link.listen(finding -> {
                if (!link.isCollected(finding)) {
                    listener.accept(finding);
                }
            });
        }
    }

    /** Threads with names like these must not block from here on. */
    void watch(List<String> threads) {
        List<String> added = threads.stream().filter(watched::add).toList();
        if (!added.isEmpty() && link != null) {
            link.watchThreads(added);
        }
    }

    /** A loop that is late for longer stalls. */
    Duration stallThreshold() {
        return link == null ? NO_THRESHOLD : link.stallThreshold(null);
    }

    /** Has stalls reported from this duration on, if that is earlier than now. */
    void stallsFrom(Duration threshold) {
        if (link != null && threshold.compareTo(link.stallThreshold(null)) < 0) {
            link.stallThreshold(threshold);
        }
    }
}
