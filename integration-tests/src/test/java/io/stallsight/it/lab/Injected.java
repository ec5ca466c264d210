package io.stallsight.it.lab;

import java.util.Set;

/** A way to stall a loop, and what the agent may call it. */
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

    /** Whether the application did nothing wrong: no line of it may be blamed. */
    boolean isNobodysFault() {
        return this == GC || causes.contains("NOT_SCHEDULED");
    }
}
