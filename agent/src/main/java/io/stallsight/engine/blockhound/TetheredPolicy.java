package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.detect.CallPolicy;
import io.stallsight.engine.detect.PointPolicy;
import io.stallsight.engine.detect.ThreadPolicy;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.memory.Tether;
import org.jspecify.annotations.Nullable;

/** Stands for a policy of an application that may be undeployed. A policy that is gone has no opinion. */
final class TetheredPolicy {

    private TetheredPolicy() {}

    /** The predicates of an application's integrations. */
    record OfThreads(Tether<ThreadPredicates> predicates) implements ThreadPolicy {

        @Override
        public Answer about(Thread thread) {
            ThreadPredicates present = predicates.get();
            return present == null ? Answer.NOTHING : present.about(thread);
        }

        @Override
        public boolean nonBlockingNow(Thread thread) {
            ThreadPredicates present = predicates.get();
            return present != null && present.nonBlockingNow(thread);
        }
    }

    /** A builder that an application has installed. */
    record OfPoints(Tether<InstalledBuilder> builder) implements PointPolicy {

        @Override
        public Answer about(Thread thread) {
            InstalledBuilder present = builder.get();
            return present == null ? Answer.NOTHING : present.about(thread);
        }

        @Override
        public boolean nonBlockingNow(Thread thread) {
            InstalledBuilder present = builder.get();
            return present != null && present.nonBlockingNow(thread);
        }

        @Override
        public Decision decide(Point point, Thread thread, boolean dynamic) {
            InstalledBuilder present = builder.get();
            return present == null ? Decision.NOT_REPORTED : present.decide(point, thread, dynamic);
        }
    }

    /** The same builder for the calls that only the catalog knows. */
    record OfCalls(Tether<InstalledBuilder> builder) implements CallPolicy {

        @Override
        public @Nullable Throwable refuse(Point point, BlockingCall call) {
            InstalledBuilder present = builder.get();
            return present == null ? null : present.refuseOther(point);
        }
    }
}
