package io.stallsight.engine.inline;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A parameter of an advice.
 *
 * @param annotation descriptor of the annotation that says what the parameter takes
 * @param type of the parameter
 * @param index of {@code @Advice.Argument}, the parameter of the woven method
 * @param isOptional of {@code @Advice.This}, whether a static method gives null
 * @param isWritable of {@code @Advice.Return}, whether the advice may assign it
 */
record AdviceParameter(String annotation, Type type, int index, boolean isOptional, boolean isWritable) {

    static final String THIS = "Lnet/bytebuddy/asm/Advice$This;";
    static final String ENTER = "Lnet/bytebuddy/asm/Advice$Enter;";
    static final String THROWN = "Lnet/bytebuddy/asm/Advice$Thrown;";
    static final String RETURN = "Lnet/bytebuddy/asm/Advice$Return;";
    static final String ARGUMENT = "Lnet/bytebuddy/asm/Advice$Argument;";

    /** Replaces an instruction of the advice that reads the parameter. */
    void load(WovenMethod method, Locals locals, Arguments arguments, MethodVisitor code) {
        switch (annotation) {
            case THIS -> loadThis(method, locals, code);
            case ENTER -> code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), locals.entered());
            case THROWN -> code.visitVarInsn(Opcodes.ALOAD, locals.thrown());
            case RETURN -> load(method, method.result(), locals.returned(), code);
            case ARGUMENT -> loadArgument(method, code);
            default -> arguments.load(annotation, method, locals, code);
        }
    }

    /** Replaces an instruction of the advice that assigns the parameter. */
    void store(WovenMethod method, Locals locals, MethodVisitor code) {
        if (!isWritable) {
            throw new IllegalStateException("an advice for " + method + " assigns a parameter that is read-only");
        }
        boolean fits = FrameTypes.isReference(type) ? fits(method.result()) : type.equals(method.result());
        if (!fits) {
            throw mismatch(method);
        }
        code.visitVarInsn(type.getOpcode(Opcodes.ISTORE), locals.returned());
    }

    private void loadThis(WovenMethod method, Locals locals, MethodVisitor code) {
        if (locals.haveReceiver(method)) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        } else if (isOptional) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            throw new IllegalStateException("an advice needs the receiver of " + method);
        }
    }

    private void loadArgument(WovenMethod method, MethodVisitor code) {
        Type[] all = method.parameters();
        if (index >= all.length) {
            throw new IllegalStateException("an advice needs argument " + index + " of " + method);
        }
        load(method, all[index], method.offsetOf(index), code);
    }

    /** Loads a value of the woven method, if it has the parameter's type, or is an int where a long is wanted. */
    private void load(WovenMethod method, Type given, int local, MethodVisitor code) {
        if (fits(given)) {
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
        } else if (type.equals(Type.LONG_TYPE) && isInt(given)) {
            code.visitVarInsn(Opcodes.ILOAD, local);
            code.visitInsn(Opcodes.I2L);
        } else {
            throw mismatch(method);
        }
    }

    private boolean fits(Type given) {
        return switch (type.getSort()) {
            case Type.OBJECT, Type.ARRAY -> FrameTypes.isReference(given);
            case Type.INT -> isInt(given);
            default -> type.equals(given);
        };
    }

    private static boolean isInt(Type given) {
        return switch (given.getSort()) {
            case Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> true;
            default -> false;
        };
    }

    private IllegalStateException mismatch(WovenMethod method) {
        return new IllegalStateException("an advice takes " + type.getClassName() + ", which " + method + " has not");
    }
}
