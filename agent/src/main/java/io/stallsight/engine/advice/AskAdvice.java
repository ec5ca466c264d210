package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A pool of connections is asked for one, from entry to exit. */
public final class AskAdvice {

    private AskAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable Object enter(@PointId int point, @Subject @Nullable Object asking) {
        return StallsightHook.askEnter(point, asking);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
        StallsightHook.askExit(before);
    }
}
