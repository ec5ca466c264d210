package io.stallsight.it.lab;

import java.util.Set;

/** A way to stall a loop, and the causes that the agent may report for it. */
enum Injected {
    SLEEP("BLOCKING_CALL"),
    JDBC("BLOCKING_CALL"),
    CPU("CPU"),
    NATIVE("NATIVE"),
    SYNCHRONIZED("LOCK"),
    LOCK("LOCK"),
    GC("GC_PAUSE", "SAFEPOINT"),
    SLEEP_OVER_GC("BLOCKING_CALL"),
    SUSPENDED("NOT_SCHEDULED"),
    STARVED("NOT_SCHEDULED"),
    THROTTLED("NOT_SCHEDULED"),
    SMALL_TASKS("MANY_SMALL_TASKS"),
    MIXED("BLOCKING_CALL");

    final Set<String> causes;

    Injected(String... causes) {
        this.causes = Set.of(causes);
    }

    /** Whether the application is innocent: the agent may blame no line of it. */
    boolean isApplicationInnocent() {
        return this == GC || causes.contains("NOT_SCHEDULED");
    }
}
