package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.OwnersOfPermits;
import io.stallsight.hook.StallsightLimit;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads one semaphore that is a limit of work. If an object of a library has it, it is called as that object. It has as
 * many permits as that object says, or as there were at first, or ever were free.
 */
final class PermitReader implements PoolReader {

    private final StallsightLimit limit;

    /** Null if no object of a library has it. */
    private final @Nullable CatalogPoolReader ofOwner;

    private long max;

    PermitReader(StallsightLimit limit, List<PoolRule> rules) {
        this.limit = limit;
        this.max = limit.permits();
        Object owner = limit.owner();
        PoolRule rule = owner == null ? null : OwnersOfPermits.rule(owner, rules);
        this.ofOwner = rule == null ? null : new CatalogPoolReader(rule, PoolKind.PERMITS);
    }

    @Override
    public String title() {
        return ofOwner == null ? "Semaphore" : ofOwner.title();
    }

    @Override
    public PoolKind kind() {
        return PoolKind.PERMITS;
    }

    @Override
    public @Nullable String name(Object pool) {
        Object owner = limit.owner();
        if (ofOwner != null) {
            return owner == null ? null : ofOwner.name(owner);
        }
        return limit.name();
    }

    @Override
    public PoolReading read(Object pool) {
        long free = ((Semaphore) pool).availablePermits();
        Object owner = limit.owner();
        long ofRule = ofOwner == null || owner == null
                ? Gauges.UNKNOWN
                : ofOwner.read(owner).max();
        max = ofRule > 0 ? ofRule : Math.max(max, free);
        long idle = Math.max(0, Math.min(free, max));
        return new PoolReading(
                max - idle, idle, max, max, Gauges.UNKNOWN, Gauges.UNKNOWN, Gauges.UNKNOWN, Gauges.UNKNOWN, 0);
    }

    @Override
    public List<Thread> workers(Object pool) {
        return List.of();
    }
}
