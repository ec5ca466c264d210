package io.stallsight.it.lab;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A running {@link app.lab.Lab} with the agent in it. */
final class LabJvm implements AutoCloseable {

    /** The pause between two stalls, so that the agent sees two. */
    private static final long PAUSE_MILLIS = 60;

    private final RunningJvm jvm;
    private final Outside outside;
    private final List<String> loops;
    private final List<Truth> truths = new ArrayList<>();
    private int lastId;

    private LabJvm(RunningJvm jvm, Outside outside, List<String> loops) {
        this.jvm = jvm;
        this.outside = outside;
        this.loops = loops;
    }

    /** @param collector an option such as {@code -XX:+UseSerialGC} */
    static LabJvm start(Jdk jdk, String collector, Duration deadline) {
        RunningJvm jvm = ForkedJvm.of(jdk, "app.lab.Lab")
                .agent()
                .options(collector, "-Xmx1g", "-XX:MaxDirectMemorySize=512m")
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "reactor-core", "reactive-streams", "vertx-core", "h2-"))
                .deadline(deadline)
                .recording()
                .start();
        try {
            String ready = jvm.awaitLine("READY ");
            return new LabJvm(jvm, new Outside(jvm.pid()), List.of(ready.split(" ")));
        } catch (RuntimeException | Error e) {
            jvm.close();
            throw e;
        }
    }

    List<String> loops() {
        return loops;
    }

    boolean can(Injected injected) {
        return switch (injected) {
            case STARVED -> outside.canStarve();
            case THROTTLED -> outside.canThrottle();
            default -> true;
        };
    }

    /** Stalls a loop and waits for the end of the stall. */
    Truth inject(Injected injected, String loop, long millis) throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS);
        int id = ++lastId;
        if (injected == Injected.STARVED) {
            outside.starve();
        }
        outside.throttle(injected == Injected.THROTTLED);
        jvm.sendLine("RUN " + id + " " + loop + " " + injected + " " + millis);
        if (injected == Injected.SUSPENDED) {
            jvm.awaitLine("NOW " + id);
            outside.suspend(millis);
        }
        Truth truth = Truth.parse(id, injected, loop, millis, jvm.awaitLine("TRUTH " + id + "|"));
        if (injected == Injected.STARVED) {
            outside.feed();
        }
        outside.throttle(false);
        truths.add(truth);
        return truth;
    }

    /** Keeps a loop busy for a part of the time. The note of the result has its busy times. */
    Truth busy(String loop, long busyMillis, long idleMillis, int rounds) {
        int id = ++lastId;
        jvm.sendLine("BUSY " + id + " " + loop + " " + busyMillis + " " + idleMillis + " " + rounds);
        return Truth.parse(id, Injected.CPU, loop, busyMillis, jvm.awaitLine("TRUTH " + id + "|"));
    }

    /** Ends the program. */
    Verdicts end() {
        jvm.sendLine("END");
        Outcome outcome = jvm.awaitExit().healthy();
        return new Verdicts(outcome, truths);
    }

    @Override
    public void close() {
        jvm.close();
        outside.close();
    }
}
