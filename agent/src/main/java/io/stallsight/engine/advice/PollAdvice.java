package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A loop goes on to its next piece of work without waiting. */
public final class PollAdvice {

    private PollAdvice() {}

    @Advice.OnMethodEnter
    static void enter(
            @PointId int point, @Advice.This(optional = true) @Nullable Object self, @Subject @Nullable Object task) {
        StallsightHook.poll(point, self, task);
    }
}
