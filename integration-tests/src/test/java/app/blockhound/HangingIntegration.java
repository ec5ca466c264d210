package app.blockhound;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** An integration whose predicate takes a lock. */
public final class HangingIntegration implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.nonBlockingThreadPredicate(before -> before.or(HangingIntegration::mustNotBlock))
                .addDynamicThreadPredicate(HangingIntegration::isChanging);
    }

    private static boolean isChanging(Thread thread) {
        return thread.getName().equals("changing");
    }

    private static boolean mustNotBlock(Thread thread) {
        if (!isChanging(thread)) {
            return false;
        }
        synchronized (Hanging.LOCK) {
            Hanging.asked = true;
            return true;
        }
    }
}
