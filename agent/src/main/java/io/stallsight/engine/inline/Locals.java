package io.stallsight.engine.inline;

import net.bytebuddy.jar.asm.Type;

/**
 * The local variables of a woven method: its receiver and parameters, which only the advice reads if it has an exit;
 * what the advice returned at the entry; and then, while the body runs, a copy of the receiver and the parameters with
 * all variables of the body, and after it the result, the exception and the variables of the advice.
 *
 * @param entered holds what the advice at the entry returned
 * @param returned holds the result
 * @param thrown holds the exception or null
 * @param own the first variable for those of the advice itself
 * @param areOfExit whether the advice is at the exit
 */
public record Locals(int entered, int returned, int thrown, int own, boolean areOfExit) {

    /** Whether there is a receiver that can be passed on: a constructor has one when it has called another one. */
    public boolean haveReceiver(WovenMethod method) {
        return !method.isStatic() && (areOfExit || !method.isConstructor());
    }

    static Locals ofEntry(WovenMethod method) {
        int behind = method.size();
        return new Locals(behind, behind, behind, behind, false);
    }

    /** @param kept the type of what the advice at the entry returned */
    static Locals ofExit(WovenMethod method, Type kept, boolean catches) {
        int entered = method.size();
        int returned = entered + kept.getSize();
        int thrown = returned + method.result().getSize();
        return new Locals(entered, returned, thrown, thrown + (catches ? 1 : 0), true);
    }
}
