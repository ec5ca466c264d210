package io.stallsight.testing;

import io.stallsight.api.Kind;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.thread.LoopGroup;
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
                System.nanoTime(),
                nanos,
                threadName,
                LoopGroup.of(threadName),
                List.of(frame),
                frame,
                null,
                Request.UNKNOWN,
                0);
    }

    /** Reports a call that another thread has seen. */
    public static void report(Findings findings, BlockingCall call) {
        findings.blockingCall(call, Delivery.fromElsewhere(Thread.currentThread()));
    }

    /** The same call with another stack, in which its site has to be. */
    public static BlockingCall withStack(BlockingCall call, List<StackTraceElement> stack) {
        return with(call, stack, call.request());
    }

    public static BlockingCall withRequest(BlockingCall call, Request request) {
        return with(call, call.stack(), request);
    }

    private static BlockingCall with(BlockingCall call, List<StackTraceElement> stack, Request request) {
        return new BlockingCall(
                call.kind(),
                call.api(),
                call.detail(),
                call.start(),
                call.nanos(),
                call.threadName(),
                call.loopGroup(),
                stack,
                call.site(),
                call.ownFix(),
                request,
                call.context());
    }
}
