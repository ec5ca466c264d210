package io.stallsight.testing;

import io.stallsight.api.Kind;
import io.stallsight.engine.detect.LoopGroup;
import io.stallsight.engine.fact.BlockingCall;
import java.util.List;

/** Blocking calls to be counted and written. */
public final class Calls {

    private Calls() {}

    /** {@code Thread.sleep} of {@code nanos} on {@code reactor-http-epoll-2}, made by {@code site}. */
    public static BlockingCall sleep(String site, long nanos) {
        return call(Kind.SLEEP, "Thread.sleep", "", site, "reactor-http-epoll-2", nanos);
    }

    public static BlockingCall call(Kind kind, String api, String detail, String site, String threadName, long nanos) {
        StackTraceElement frame = Stacks.frame(site);
        return new BlockingCall(
                kind,
                api,
                detail,
                nanos,
                Thread.currentThread(),
                threadName,
                LoopGroup.of(threadName),
                List.of(frame),
                frame,
                null,
                null,
                true,
                0,
                false);
    }

    /** The same call with another stack, in which its site has to be. */
    public static BlockingCall withStack(BlockingCall call, List<StackTraceElement> stack) {
        return new BlockingCall(
                call.kind(),
                call.api(),
                call.detail(),
                call.nanos(),
                call.thread(),
                call.threadName(),
                call.loopGroup(),
                stack,
                call.site(),
                call.fix(),
                call.attachment(),
                call.onThread(),
                call.context(),
                call.told());
    }
}
