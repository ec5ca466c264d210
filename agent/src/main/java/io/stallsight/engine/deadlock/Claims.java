package io.stallsight.engine.deadlock;

import io.stallsight.engine.detect.WaitListener;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.reflect.Completions;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The waits that were reported and go on. A loop that waits runs none of its tasks, so if the object of its wait is
 * complete when the wait ends, another thread has completed it and the report was wrong. That can only be seen on the
 * loop's own thread, before it goes on: a moment later it may have run the task itself. Ends of waits come from loops,
 * everything else from the sampling thread.
 */
final class Claims implements WaitListener {

    private static final class Claim {
        final WaitingLoop wait;
        final SelfDeadlock report;

        /** {@link System#nanoTime()}; 0 while it goes on. */
        volatile long end;

        volatile boolean isWrong;

        Claim(WaitingLoop wait, SelfDeadlock report) {
            this.wait = wait;
            this.report = report;
        }
    }

    private final Completions completions;
    private final Map<StallsightThread, Claim> claims = new ConcurrentHashMap<>();

    Claims(Completions completions) {
        this.completions = completions;
    }

    /** Remembers a report that is about to be made; false if the wait is over, so that it must not be made. */
    boolean add(WaitingLoop wait, SelfDeadlock report) {
        claims.put(wait.state(), new Claim(wait, report));
        if (wait.goesOn()) {
            return true;
        }
        claims.remove(wait.state());
        return false;
    }

    @Override
    public void waitEnds(StallsightThread state) {
        Claim claim = claims.isEmpty() ? null : claims.get(state);
        if (claim != null && claim.end == 0 && claim.wait.goesOn()) {
            claim.isWrong = completions.state(claim.wait.target()) == Completions.State.COMPLETE;
            claim.end = System.nanoTime();
        }
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    /** Forgets those whose wait has ended; returns what withdraws the wrong ones. */
    List<SelfDeadlock> ended() {
        List<SelfDeadlock> withdrawn = new ArrayList<>();
        claims.values().removeIf(claim -> {
            if (claim.end != 0 && claim.isWrong) {
                withdrawn.add(claim.report.withdrawn(claim.end - claim.wait.since()));
            }
            return claim.end != 0 || ThreadFacts.state(claim.wait.thread()) == Thread.State.TERMINATED;
        });
        return withdrawn;
    }
}
