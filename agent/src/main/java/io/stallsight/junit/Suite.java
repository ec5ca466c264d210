package io.stallsight.junit;

import io.stallsight.api.AgentLink;
import io.stallsight.api.BlockingCallError;
import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import io.stallsight.api.FindingsError;
import io.stallsight.api.Stallsight;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All tests of this JVM: the line to the agent, the settings, what runs and what was found. Thread-safe. */
final class Suite {

    private static @Nullable Suite current;

    private final SuiteSettings settings;
    private final AllowList allowList;
    private final Baseline baseline;
    private final Attribution attribution = new Attribution();
    private final Summary summary;
    private final @Nullable AgentLink link;
    private final String whyNot;
    private final Map<String, Scope> byId = new ConcurrentHashMap<>();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final Map<Throwable, Finding> refused = Collections.synchronizedMap(new IdentityHashMap<>());
    private boolean refusing;
    private volatile boolean checking;

    private Suite(SuiteSettings settings, AllowList allowList, @Nullable AgentLink link, String whyNot) {
        this.settings = settings;
        this.allowList = allowList;
        this.baseline = Baseline.read(settings);
        this.summary = new Summary(allowList);
        this.link = link;
        this.whyNot = whyNot;
    }

    /**
     * The one of this JVM; the first to ask attaches the agent.
     *
     * @throws IllegalArgumentException with one line that says which setting cannot be used
     */
    static synchronized Suite current() {
        Suite suite = current;
        if (suite == null) {
            suite = start();
            current = suite;
        }
        return suite;
    }

    private static Suite start() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        SuiteSettings settings = SuiteSettings.read(loader);
        AllowList allowList = AllowList.read(settings.text(SuiteSettings.Key.ALLOW_FILE), loader);
        AgentLink link = AgentLink.find();
        String whyNot = "";
        if (link != null
                && !Set.of("threads").containsAll(settings.agentOptions().keySet())) {
            System.err.println(
                    "[stallsight] options of the agent in the tests' files come too late, as it is there through"
                            + " -javaagent; give them to it: "
                            + settings.agentOptions().keySet());
        }
        if (link == null) {
            if (!settings.flag(SuiteSettings.Key.ATTACH)) {
                whyNot = "Stallsight is not attached, and " + SuiteSettings.Key.ATTACH.property() + " is false";
            } else {
                try {
                    link = Stallsight.attach(settings.agentOptions());
                } catch (IllegalStateException e) {
                    whyNot = String.valueOf(e.getMessage());
                    System.err.println("[stallsight] " + whyNot);
                }
            }
        }
        Suite suite = new Suite(settings, allowList, link, whyNot);
        suite.listen();
        return suite;
    }

    private void listen() {
        if (link != null) {
            link.mute(true); // findings are told by the tests that they fail, and by the summary
            link.threshold(Duration.ZERO);
            watch(settings.threads());
            link.listen(attribution::tell);
        }
    }

    /** Reads what makes a test fail off its annotations. */
    ChecksReader checks() {
        return new ChecksReader(settings, allowList, link == null ? Duration.ofMillis(100) : link.stallThreshold(null));
    }

    /**
     * A test or a class begins on the current thread.
     *
     * @param id unique among those that are open
     * @return null if there is no agent
     * @throws IllegalStateException if there is none, and the test asks for one
     */
    @Nullable
    Scope begin(String id, @Nullable Scope parent, String name, Checks checks) {
        AgentLink agent = link;
        if (agent == null) {
            if (checks.annotated()) {
                throw new IllegalStateException(name + " asks for Stallsight. " + whyNot);
            }
            return null;
        }
        if (checks.blocking() != null) {
            watch(checks.blocking().threads());
            if (checks.blocking().when() == FailOnBlocking.When.CALL) {
                refuseCalls(agent);
            }
        }
        if (checks.stalls() != null && checks.stalls().threshold().compareTo(agent.stallThreshold(null)) < 0) {
            agent.stallThreshold(checks.stalls().threshold());
        }
        checking = true;
        Scope scope = new Scope(agent.newContext(), name, checks, parent, System.nanoTime());
        attribution.begin(scope);
        byId.put(id, scope);
        scope.before = agent.enter(scope.context);
        return scope;
    }

    /** What was begun with this id and has not ended; null if nothing. */
    @Nullable
    Scope open(String id) {
        return byId.get(id);
    }

    private void watch(List<String> threads) {
        List<String> added = threads.stream().filter(watched::add).toList();
        if (!added.isEmpty() && link != null) {
            link.watchThreads(added);
        }
    }

    private synchronized void refuseCalls(AgentLink agent) {
        if (!refusing) {
            refusing = true;
            agent.refuse(this::refuse);
        }
    }

    private @Nullable Throwable refuse(Finding finding) {
        Scope scope = finding.context() == 0 ? attribution.onlyTest() : attribution.scope(finding.context());
        Checks.Blocking blocking = scope == null ? null : scope.checks.blocking();
        if (scope == null
                || blocking == null
                || blocking.when() != FailOnBlocking.When.CALL
                || !blocking.counts(finding)
                || isAllowed(finding, scope.checks)
                || baseline.knows(finding, scope.baselineName())) {
            return null;
        }
        BlockingCallError error = new BlockingCallError(
                Objects.requireNonNull(finding.kind()),
                finding.what(),
                "blocking call refused in " + scope.name + "\n\n" + finding.describe() + "\n");
        error.setStackTrace(finding.stack().toArray(new StackTraceElement[0]));
        refused.put(error, finding);
        attribution.tell(finding);
        return error;
    }

    private boolean isAllowed(Finding finding, Checks checks) {
        return finding.type() == Finding.Type.BLOCKING_CALL && isConsole(finding)
                || allowList.allows(finding, checks.allowed());
    }

    private boolean isConsole(Finding finding) {
        return settings.text(SuiteSettings.Key.CONSOLE).equals("ignore") && Console.isWrite(finding);
    }

    /**
     * The test or class ends, on the thread that began it. Waits for what goes on for it.
     *
     * @param own its own failure, or null
     * @throws FindingsError if it has caused what must not be
     */
    void end(String id, Scope scope, @Nullable Throwable own) {
        AgentLink agent = Objects.requireNonNull(link);
        Findings left = agent.settle(scope.context, settings.duration(SuiteSettings.Key.PATIENCE));
        if (Thread.currentThread() == scope.thread) {
            agent.enter(scope.before);
        }
        attribution.end(scope);
        byId.remove(id);
        List<Finding> all = new ArrayList<>(scope.found());
        all.addAll(left);
        Findings told = new Findings(all)
                .matching(finding -> finding.type() != Finding.Type.STALL
                        || finding.state() != Finding.State.ONGOING) // it is told again at its end
                .matching(finding -> !isAllowed(finding, scope.checks));
        Findings failing =
                scope.checks.failing(told).matching(finding -> !baseline.knows(finding, scope.baselineName()));
        if (own == null) {
            baseline.completed(scope.baselineName());
        }
        summary.add(scope.name, told, failing);
        Findings silent = failing.matching(finding -> !isSeenIn(own, finding));
        if (!silent.isEmpty()) {
            throw new FindingsError(headline(scope, silent), silent);
        }
    }

    /** Whether the test failed by the very error that was thrown instead of the call. */
    private boolean isSeenIn(@Nullable Throwable own, Finding finding) {
        if (finding.state() != Finding.State.REFUSED) {
            return false;
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<@Nullable Throwable> next = new ArrayList<>();
        next.add(own);
        while (!next.isEmpty()) {
            Throwable each = next.remove(next.size() - 1);
            if (each != null && seen.add(each)) {
                if (finding.equals(refused.get(each))) {
                    return true;
                }
                next.add(each.getCause());
                next.addAll(List.of(each.getSuppressed()));
            }
        }
        return false;
    }

    private static String headline(Scope scope, Findings findings) {
        int sites = findings.bySite().size();
        String what = findings.blockingCalls().size() == findings.size()
                ? "blocked a thread that must not block"
                : "made threads stand still";
        return scope.name + " " + what + (sites == 1 ? ":" : ", in " + sites + " places:");
    }

    /**
     * All tests of the engine are over.
     *
     * @throws AssertionError if the run as a whole has to fail
     */
    void judge() {
        AgentLink agent = link;
        if (agent != null && fails(SuiteSettings.Key.SUITE)) {
            agent.flush(settings.duration(SuiteSettings.Key.PATIENCE));
            Findings left = ofNobody(attribution.unattributed());
            if (!left.isEmpty()) {
                throw new FindingsError("blocking that is no single test's:", left);
            }
        }
        if (fails(SuiteSettings.Key.STALE_RULES) && !allowList.unused().isEmpty()) {
            throw new AssertionError("allow rules that matched nothing, so they are not needed any more:\n    "
                    + String.join("\n    ", allowList.unused()));
        }
        List<String> stale = baseline.stale();
        if (!stale.isEmpty()) {
            throw new AssertionError("mended, but still in the baseline (a run without "
                    + SuiteSettings.Key.BASELINE.property() + "=strict removes it):\n    "
                    + String.join("\n    ", stale));
        }
    }

    private boolean fails(SuiteSettings.Key key) {
        return settings.word(key, SuiteSettings.Verdict.class) == SuiteSettings.Verdict.FAIL;
    }

    private Findings ofNobody(List<Attribution.Unattributed> unattributed) {
        return new Findings(unattributed.stream()
                .map(Attribution.Unattributed::finding)
                .filter(finding -> finding.type() != Finding.Type.STALL && !isAllowed(finding, Checks.NONE))
                .toList());
    }

    /** The run of tests is over, or a part of it: prints what there is to tell. */
    void report() {
        AgentLink agent = link;
        if (agent != null) {
            agent.flush(settings.duration(SuiteSettings.Key.PATIENCE));
            List<Attribution.Unattributed> left = attribution.takeUnattributed().stream()
                    .filter(each -> !isAllowed(each.finding(), Checks.NONE))
                    .toList();
            List<String> changes = new ArrayList<>();
            try {
                changes.addAll(baseline.save());
            } catch (IOException e) {
                changes.add("the baseline cannot be written: " + e.getMessage());
            }
            summary.print(System.out, left, checking, agent.allowOptions(), changes);
        }
    }
}
