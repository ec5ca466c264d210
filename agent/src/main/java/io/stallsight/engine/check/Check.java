package io.stallsight.engine.check;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.instrument.Installation;
import io.stallsight.engine.weavecache.WeaveCache;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightPoints;
import io.stallsight.hook.StallsightThread;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The self-test: weaves this JVM as the agent would, runs every exercise on one watched thread, and reports for each
 * hook whether it was woven and whether it ran. A hook that is woven need not run: a JDK may have moved the work to
 * another method.
 */
public final class Check {

    private static final long EXERCISES_LIMIT_SECONDS = 60;

    private final Catalog catalog;
    private final HookTable table;
    private final PrintStream out;
    private final boolean[] proofs;
    private final List<String> failures = new ArrayList<>();

    private Check(Catalog catalog, PrintStream out) {
        this.catalog = catalog;
        this.table = new HookTable(catalog);
        this.out = out;
        this.proofs = new boolean[catalog.points().size() + 1];
    }

    /**
     * Runs the self-test in this JVM, whose hooks have been injected.
     *
     * @return whether every hook that this JVM should have was woven and proven
     */
    public static boolean run(Instrumentation instrumentation, Catalog catalog, PrintStream out)
            throws InterruptedException {
        Check check = new Check(catalog, out);
        StallsightAgent.attach(new ProvingHandler(), check.table.flags());
        StallsightPoints.recordProofs(check.proofs);
        Installation installation = new Installation(
                instrumentation, catalog, check.table, WeaveCache.none(), (name, loader, domain) -> {});
        installation.install();
        check.loadJdkClasses();
        check.exercise();
        StallsightPoints.recordProofs(null);
        return check.report();
    }

    /** A class that the JVM has not loaded would be neither woven nor missing. */
    private void loadJdkClasses() {
        for (Point point : catalog.points()) {
            if (isJdk(point)) {
                try {
                    Class.forName(point.owner(), false, ClassLoader.getSystemClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    if (point.mustExist()) {
                        failures.add(point.hook() + ": this JDK has no class " + point.owner());
                    }
                }
            }
        }
    }

    private void exercise() throws InterruptedException {
        Thread prober = new Thread(
                () -> {
                    StallsightThread state = StallsightHook.current();
                    if (state == null) {
                        failures.add("the hooks do not run");
                        return;
                    }
                    state.setProving(true);
                    for (Exercise exercise :
                            Exercises.forFeature(Runtime.version().feature())) {
                        try {
                            exercise.body().run();
                        } catch (Throwable t) {
                            failures.add("exercise \"" + exercise.name() + "\" failed: " + t);
                        }
                    }
                },
                "check");
        prober.setDaemon(true);
        prober.start();
        prober.join(TimeUnit.SECONDS.toMillis(EXERCISES_LIMIT_SECONDS));
        if (prober.isAlive()) {
            failures.add("an exercise hangs at " + prober.getStackTrace()[0]);
        }
    }

    private boolean report() {
        int jdkHooks = 0;
        int proven = 0;
        int elsewhere = 0;
        List<String> lines = new ArrayList<>();
        for (HookTable.Row row : table.rows()) {
            Point point = row.point();
            boolean isProven = proofs[point.id()];
            boolean woven = row.state() == HookStatus.State.WOVEN;
            if (!isJdk(point) && !isOfShape(point)) {
                elsewhere++;
            } else if (woven || isProven || row.state() != HookStatus.State.WAITING || point.mustExist()) {
                jdkHooks++;
                proven += isProven && woven ? 1 : 0;
                lines.add(String.format(
                        "%-14s %-6s %-7s %s%s",
                        point.type(),
                        woven ? "yes" : "NO",
                        isProven ? "yes" : "NO",
                        point.owner() + "#" + point.method().text(),
                        row.problem() == null ? "" : "  (" + row.problem() + ")"));
            }
        }
        out.printf("%-14s %-6s %-7s %s%n", "type", "woven", "proven", "hook");
        for (String line : lines) {
            out.println(line);
        }
        for (String failure : failures) {
            out.println("problem: " + failure);
        }
        long errors = StallsightErrors.suppressed();
        if (errors > 0) {
            out.println("problem: " + errors + " errors of the agent, the first: " + StallsightErrors.first());
        }
        out.printf(
                "%d of %d hooks are woven and proven on JDK %s; %d hooks for libraries are woven when a library is loaded%n",
                proven, jdkHooks, Runtime.version(), elsewhere);
        return proven == jdkHooks && failures.isEmpty() && errors == 0;
    }

    private boolean isOfShape(Point point) {
        return catalog.shapes().stream().anyMatch(shape -> shape.points().contains(point));
    }

    private static boolean isJdk(Point point) {
        String owner = point.owner();
        return owner.startsWith("java.")
                || owner.startsWith("javax.")
                || owner.startsWith("jdk.")
                || owner.startsWith("sun.")
                || owner.startsWith("com.sun.");
    }
}
