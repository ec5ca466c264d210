package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightConnections;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What was made on behalf of somebody hands this to something else. */
public final class PassAdvice {

    private PassAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Executing @Nullable Object to, @Subject @Nullable Object from) {
        StallsightConnections.passed(point, from, to);
    }
}
