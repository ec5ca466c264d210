package io.stallsight.engine.reflect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.PoolRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects that limit work by a semaphore, and are pools by the catalog. */
public final class OwnersOfPermits {

    private OwnersOfPermits() {}

    /** The rule that reads the owner; null if the catalog has none. */
    public static @Nullable PoolRule rule(Object owner, List<PoolRule> rules) {
        for (PoolRule rule : rules) {
            if (ClassNames.isOrCopies(owner.getClass().getName(), rule.className())) {
                return rule;
            }
        }
        return null;
    }

    /** How many permits there are; {@link Gauges#UNKNOWN} if the owner does not say that. */
    public static long permits(Object owner, List<PoolRule> rules) {
        PoolRule rule = rule(owner, rules);
        Quantity max = rule == null ? null : Quantity.of(rule.path(PoolRule.Path.MAX));
        return max == null ? Gauges.UNKNOWN : max.in(owner);
    }
}
