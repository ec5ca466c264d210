package app.blockhound;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What a library brings along for the case that BlockHound is there. */
public final class ShopIntegration implements BlockHoundIntegration {

    /** Set once the integration is asked about a thread, so that all it says is in force. */
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
