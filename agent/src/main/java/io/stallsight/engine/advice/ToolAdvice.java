package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightPolicies;
import net.bytebuddy.asm.Advice;

/** In other tools that find blocking calls. */
public final class ToolAdvice {

    private ToolAdvice() {}

    /** At the entry of what reports a call: a constructor, whose exit cannot be guarded. */
    public static final class Report {

        private Report() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point) {
            StallsightPolicies.toolReport(point);
        }
    }

    /** At the entry of the installation. Its body is left out if the engine does the tool's work. */
    public static final class Install {

        private Install() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@PointId int point, @Advice.This Object tool) {
            return StallsightPolicies.toolInstall(point, tool);
        }
    }
}
