package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightCalls;
import io.stallsight.hook.StallsightSpan;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a method that blocks, or a scope of such calls: from entry to exit, however it ends. */
public final class BlockingAdvice {

    private BlockingAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable StallsightSpan enter(
            @PointId int point,
            @Advice.This(optional = true) @Nullable Object self,
            @Subject @Nullable Object subject) {
        return StallsightCalls.enter(point, self, subject);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter @Nullable StallsightSpan call) {
        if (call != null) {
            call.over = true; // here, not in a method: see StallsightSpan
            StallsightCalls.exit(call);
        }
    }
}
