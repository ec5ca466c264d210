package io.stallsight.it.catalog;

import net.bytebuddy.jar.asm.Opcodes;

/** A method as a class file declares it. */
record Method(String name, String descriptor, int access) {

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    /** Returns whether the method has code. A native or abstract method has none and cannot be woven. */
    boolean hasBody() {
        return (access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) == 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }
}
