package io.stallsight.engine.control;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victim;
import io.stallsight.engine.fact.Victims;
import io.stallsight.testing.Calls;
import io.stallsight.testing.Stacks;
import java.util.List;
import java.util.Map;

/** Events as the engine writes them, for a test of their reader. */
public final class ControlEvents {

    private static final StackTraceElement FIND = Stacks.frame("com.acme.Orders.find(Orders.java:57)");

    private ControlEvents() {}

    public static List<Map<String, Object>> ofEachKind() {
        return List.of(
                Events.of(Calls.sleep("com.acme.Orders.find", 1_000), "abc", true),
                Events.of(stall()),
                Events.of(exhaustion()),
                Events.of(deadlock()));
    }

    private static Stall stall() {
        return new Stall(
                1,
                2,
                "loop-1",
                "loop-#",
                0,
                1_000,
                true,
                Cause.NATIVE,
                Map.of(Cause.NATIVE, 1_000L),
                FIND,
                "java.util.zip.CRC32.update",
                1,
                1,
                true,
                List.of(FIND),
                null,
                null,
                List.of(),
                0,
                0,
                0,
                List.of(),
                List.of(),
                0,
                "evidence",
                Request.UNKNOWN,
                new Victims(List.of(new Victim("GET /hello", 2, 2, 300_000_000)), Histogram.EMPTY),
                3);
    }

    private static PoolExhaustion exhaustion() {
        return new PoolExhaustion(
                1,
                "work-#",
                "ThreadPoolExecutor",
                PoolKind.THREADS,
                0,
                1_000,
                2,
                2,
                2,
                7,
                -1,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                2,
                true,
                PoolObstacle.WAITING);
    }

    private static SelfDeadlock deadlock() {
        return new SelfDeadlock(
                0,
                1_000,
                2,
                "loop-1",
                "loop-#",
                FIND,
                List.of(FIND),
                "Future",
                List.of("Task"),
                null,
                SelfDeadlock.Certainty.PROVEN,
                Request.UNKNOWN,
                3);
    }
}
