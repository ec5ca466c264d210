package io.stallsight.engine.inline;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * The part of an advice that is inlined at the entry or at the exit of a method.
 *
 * @param skip of an entry, when the woven method's body is left out
 * @param caught of an exit, internal name of the type of exceptions after which it runs too; null if it runs after a
 *     return only
 */
record AdviceMethod(
        ClassReader file,
        String name,
        String descriptor,
        List<AdviceParameter> parameters,
        Skip skip,
        @Nullable String caught) {

    /** When the body is left out. */
    enum Skip {
        NEVER,
        ON_DEFAULT_VALUE,
        ON_NON_DEFAULT_VALUE
    }

    Type result() {
        return Type.getReturnType(descriptor);
    }

    /** How many local variables the parameters take in the class file. */
    int parametersSize() {
        int size = 0;
        for (AdviceParameter parameter : parameters) {
            size += parameter.type().getSize();
        }
        return size;
    }

    /** The parameter in a local variable; null if the variable is another one. */
    @Nullable
    AdviceParameter parameterAt(int local) {
        int offset = 0;
        for (AdviceParameter parameter : parameters) {
            if (offset == local) {
                return parameter;
            }
            offset += parameter.type().getSize();
        }
        return null;
    }

    /** Visits the code, with frames that name all local variables. */
    void accept(MethodVisitor code) {
        file.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String method,
                            String methodDescriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return method.equals(name) && methodDescriptor.equals(descriptor) ? code : null;
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.EXPAND_FRAMES);
    }
}
