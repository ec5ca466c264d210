package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightSelectors;
import io.stallsight.hook.StallsightSpan;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In selectors of the JDK. */
public final class SelectorAdvice {

    private SelectorAdvice() {}

    /** Around the implementation of a select, whose second argument is the timeout: 0 for {@code selectNow}. */
    public static final class Select {

        private Select() {}

        @Advice.OnMethodEnter
        static @Nullable StallsightSpan enter(
                @PointId int point, @Advice.This Object selector, @Advice.Argument(1) long timeout) {
            return StallsightSelectors.selectEnter(point, selector, timeout);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable StallsightSpan select, @Advice.This Object selector, @Advice.Return int ready) {
            if (select != null) {
                select.over = true; // here, not in a method: see StallsightSpan
                StallsightSelectors.selectExit(select, selector, ready);
            }
        }
    }

    /** At the entry of a selector's close. */
    public static final class Close {

        private Close() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object selector) {
            StallsightSelectors.selectorClose(point, selector);
        }
    }
}
