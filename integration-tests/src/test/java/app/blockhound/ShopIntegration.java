package app.blockhound;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** An integration that a library ships for BlockHound. */
public final class ShopIntegration implements BlockHoundIntegration {

    /** Set when the integration's predicate runs for a thread: then everything in it applies. */
    static final String ASKED = "shop.asked";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.nonBlockingThreadPredicate(before -> before.or(ShopIntegration::mustNotBlock))
                .addDynamicThreadPredicate(thread -> thread.getName().equals("changing"))
                .allowBlockingCallsInside("app.blockhound.WithoutBlockHound", "warmCache")
                .allowBlockingCallsInside("app.blockhound.WithoutBlockHound", "refreshCache")
                .disallowBlockingCallsInside("app.blockhound.WithoutBlockHound", "callUpstream")
                .markAsBlocking("app.blockhound.Marked", "spin", "()V")
                .blockingMethodCallback(method -> System.out.println("CALLBACK " + method));
    }

    private static boolean mustNotBlock(Thread thread) {
        System.setProperty(ASKED, "true");
        return thread instanceof ShopThread
                || thread.getName().equals("changing") && Boolean.getBoolean("shop.changed");
    }

    @Override
    public int getPriority() {
        return 1;
    }
}
