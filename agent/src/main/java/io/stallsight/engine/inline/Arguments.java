package io.stallsight.engine.inline;

import net.bytebuddy.jar.asm.MethodVisitor;

/** The values of those arguments of an advice that have an annotation of the agent. */
public interface Arguments {

    /**
     * Loads the argument onto the operand stack: one int, or one reference that is loaded as it is, whatever its type.
     *
     * @param annotation descriptor of the argument's annotation
     * @param locals where the method's values are
     */
    void load(String annotation, WovenMethod method, Locals locals, MethodVisitor code);
}
