package io.stallsight.engine.pool;

import io.stallsight.hook.StallsightLimit;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks know about the use of the semaphores of one line.
 *
 * <p><b>Problem.</b> A semaphore may guard work. It may also be a signal from one thread to another, or a meter whose
 * permits a timer gives out: threads wait for those by design, and nobody holds them.
 *
 * <p><b>Algorithm.</b> A semaphore guards work if threads release what they have acquired, and no thread ever releases
 * what it does not hold. Until one has released, nothing is known. Before a permit counts as lost, {@value #MANY} have
 * come back: work that is handed on with its permit may end on its own thread now and then. A class that the catalog
 * names guards work in any case.
 *
 * <p><b>Given up.</b> A semaphore whose permits are handed on is never reported as exhausted, and neither is one that
 * runs dry before the first permit has come back.
 */
final class LimitEvidence {

    private static final int MANY = 16;

    private final boolean isLimit;
    private final boolean isCatalogued;
    private final boolean isForeign;
    private final int returned;

    private LimitEvidence(boolean isLimit, boolean isCatalogued, boolean isForeign, int returned) {
        this.isLimit = isLimit;
        this.isCatalogued = isCatalogued;
        this.isForeign = isForeign;
        this.returned = returned;
    }

    static LimitEvidence of(PoolGroup group) {
        boolean isLimit = false;
        boolean isCatalogued = false;
        boolean isForeign = false;
        int returned = 0;
        for (Pool member : group.members()) {
            @Nullable StallsightLimit limit = member.limit();
            if (limit != null) {
                isLimit = true;
                isCatalogued |= limit.isCatalogued();
                isForeign |= limit.isForeign();
                returned += limit.returned();
            }
        }
        return new LimitEvidence(isLimit, isCatalogued, isForeign, returned);
    }

    /** Whether threads that wait for these permits wait for the work of others; true for a pool of connections. */
    boolean guardsWork() {
        return !isLimit || isCatalogued || returned > 0 && !isForeign;
    }

    /** Whether a thread that has left its permit behind has lost it, and has not handed it on. */
    boolean showsLeaks() {
        return !isLimit || returned >= MANY && !isForeign;
    }
}
