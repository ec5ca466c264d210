package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A blocking call, or a scope of them, from entry to exit. The hook itself guards against every error of the agent. */
public final class BlockingAdvice {

    private BlockingAdvice() {}

    @Advice.OnMethodEnter
    static long enter(
            @PointId int point,
            @Advice.This(optional = true) @Nullable Object self,
            @Subject @Nullable Object subject) {
        return StallsightHook.enter(point, self, subject);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter long token) {
        StallsightHook.exit(token);
    }
}
