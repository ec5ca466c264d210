package io.stallsight.junit;

import io.stallsight.api.AgentLink;
import io.stallsight.api.Finding;
import io.stallsight.api.Findings;
import io.stallsight.api.FindingsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All tests of this JVM: begins and ends their scopes, and fails those that caused blocking. Thread-safe. */
final class Suite {

    private static @Nullable Suite current;

    private final SuiteSettings settings;
    private final AgentAccess agent;
    private final ChecksReader checks;
    private final Baseline baseline;
    private final Acceptance acceptance;
    private final Attribution attribution = new Attribution();
    private final Refusals refusals;
    private final Summary summary;
    private final RunEnd end;
    private final Map<String, Scope> byId = new ConcurrentHashMap<>();
    private volatile boolean checking;
    private volatile boolean checkingStalls;

    private Suite(ClassLoader loader) {
        settings = SuiteSettings.read(loader);
        AllowList allowList = AllowList.read(settings.text(SuiteSettings.Key.ALLOW_FILE), loader);
        baseline = Baseline.read(settings);
        agent = AgentAccess.open(settings);
        checks = new ChecksReader(settings, allowList, agent);
        acceptance = new Acceptance(settings, allowList, baseline);
        refusals = new Refusals(attribution, acceptance);
        summary = new Summary(allowList);
        end = new RunEnd(settings, allowList, baseline, acceptance, attribution, summary, agent);
        agent.listen(settings.threads(), attribution::receive);
    }

    /**
     * The suite of this JVM; the first call attaches the agent.
     *
     * @throws SettingException if a setting cannot be used
     */
    static synchronized Suite current() {
        Suite suite = current;
        if (suite == null) {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            suite = new Suite(context == null ? ClassLoader.getSystemClassLoader() : context);
            current = suite;
        }
        return suite;
    }

    /** Reads from annotations and settings what makes a test fail. */
    ChecksReader checks() {
        return checks;
    }

    /**
     * A test or a class begins on the current thread.
     *
     * @param id unique among the open scopes
     * @return null if there is no agent
     * @throws IllegalStateException if there is none, and an annotation of the test needs it
     */
    @Nullable
    Scope begin(String id, @Nullable Scope parent, String name, Checks of) {
        AgentLink link = agent.link();
        if (link == null) {
            if (of.annotated()) {
                throw new IllegalStateException(name + " asks for Stallsight. " + agent.absence());
            }
            return null;
        }
        prepare(link, of);
        checking = true;
        Scope scope = new Scope(link.newContext(), name, of, parent, System.nanoTime());
        attribution.begin(scope);
        byId.put(id, scope);
        scope.before = link.enter(scope.context);
        return scope;
    }

    private void prepare(AgentLink link, Checks of) {
        if (of.blocking() != null) {
            agent.watch(of.blocking().threads());
            if (of.blocking().when() == FailOnBlocking.When.CALL) {
                refusals.activate(link);
            }
        }
        if (of.stalls() != null) {
            checkingStalls = true;
            agent.stallsFrom(of.stalls().threshold());
        }
    }

    /** The open scope with this id; null if there is none. */
    @Nullable
    Scope open(String id) {
        return byId.get(id);
    }

    /**
     * The test or class ends, on the thread that began it. Waits for work that goes on for it.
     *
     * @param failure its own, or null
     * @throws FindingsError if it has caused blocking that nothing accepts
     */
    void end(String id, Scope scope, @Nullable Throwable failure) {
        AgentLink link = Objects.requireNonNull(agent.link());
        Findings left = link.settle(scope.context, settings.duration(SuiteSettings.Key.PATIENCE));
        if (Thread.currentThread() == scope.thread) {
            link.enter(scope.before);
        }
        attribution.end(scope);
        byId.remove(id);
        List<Finding> all = new ArrayList<>(scope.found());
        all.addAll(left);
        Findings found = new Findings(all)
                .matching(finding -> !isReportedAgain(finding) && !acceptance.isAllowed(finding, scope.checks));
        Findings failing = scope.checks.failing(found).matching(finding -> !acceptance.isKnown(finding, scope));
        if (failure == null) {
            baseline.completed(scope.baselineName());
        }
        summary.add(scope.name, found.matching(scope.checks::concerns), failing);
        Findings unseen = failing.matching(finding -> !refusals.isSeenIn(failure, finding));
        if (!unseen.isEmpty()) {
            throw new FindingsError(headline(scope, unseen), unseen);
        }
    }

    /** A stall is reported while it lasts, and once more at its end. */
    private static boolean isReportedAgain(Finding finding) {
        return finding.type() == Finding.Type.STALL && finding.state() == Finding.State.ONGOING;
    }

    private static String headline(Scope scope, Findings findings) {
        int sites = findings.bySite().size();
        String harm = findings.blockingCalls().size() == findings.size()
                ? "blocked a thread that must not block"
                : "made threads stand still";
        return scope.name + " " + harm + (sites == 1 ? ":" : ", in " + sites + " places:");
    }

    /**
     * All tests of the JUnit engine are over.
     *
     * @throws AssertionError if the run as a whole has to fail
     */
    void judge() {
        end.judge();
    }

    /** The run of tests is over, or a part of it: prints the summary. */
    void report() {
        end.report(checking, checkingStalls ? finding -> true : Checks.NONE::concerns);
    }
}
