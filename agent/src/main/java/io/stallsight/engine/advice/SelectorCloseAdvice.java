package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightHook;
import net.bytebuddy.asm.Advice;

/** A selector is closed. */
public final class SelectorCloseAdvice {

    private SelectorCloseAdvice() {}

    @Advice.OnMethodEnter
    static void enter(@PointId int point, @Advice.This Object selector) {
        StallsightHook.selectorClosed(point, selector);
    }
}
