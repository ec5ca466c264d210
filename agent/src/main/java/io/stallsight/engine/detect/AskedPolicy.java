package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Point;
import org.jspecify.annotations.Nullable;

/**
 * Is asked about calls of the points of type {@link Point.Type#POLICY}, on the threads that it has an opinion on. In
 * contrast to a {@link CallPolicy} it sees each call, also those inside of others, and decides by rules of its own.
 */
public interface AskedPolicy extends ThreadPolicy {

    /**
     * @param told whether somebody was told of the call, so that it needs no further report
     * @param refusal what is thrown instead of the call, or null to let it happen
     */
    record Reply(boolean told, @Nullable Throwable refusal) {

        public static final Reply NOT_TOLD = new Reply(false, null);
        public static final Reply TOLD = new Reply(true, null);
    }

    /** @param dynamic whether {@link #about} answered that the thread changes; then it must not block at this moment */
    Reply ask(Point point, Thread thread, boolean dynamic);
}
