package app.redeploy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** A library of the application marks its threads for BlockHound. */
public final class WebIntegration implements BlockHoundIntegration {

    private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.nonBlockingThreadPredicate(before -> before.or(WebIntegration::mustNotBlock))
                .addDynamicThreadPredicate(thread -> thread.getName().equals("changing"))
                .allowBlockingCallsInside("app.redeploy.WebApplication", "warmUp");
    }

    private static boolean mustNotBlock(Thread thread) {
        ASKED.add(thread.getName());
        return thread.getName().startsWith("web-loop");
    }
}
