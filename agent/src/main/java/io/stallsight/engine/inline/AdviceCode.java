package io.stallsight.engine.inline;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/**
 * Translates the code of an advice into code of the method: parameters are values of the method, other variables lie
 * behind the method's own, and a return jumps to the end with the result on the stack.
 */
final class AdviceCode extends MethodVisitor {

    private final AdviceMethod advice;
    private final WovenMethod method;
    private final Locals locals;
    private final Arguments arguments;
    private final @Nullable List<Object> frame;
    private final Label end;
    private int stackSize;
    private int localCount;

    /**
     * @param frame the types of the method's variables while the advice runs; null if the class has no frames
     * @param end the label behind the code
     */
    AdviceCode(
            MethodVisitor next,
            AdviceMethod advice,
            WovenMethod method,
            Locals locals,
            Arguments arguments,
            @Nullable List<Object> frame,
            Label end) {
        super(Opcodes.ASM9, next);
        this.advice = advice;
        this.method = method;
        this.locals = locals;
        this.arguments = arguments;
        this.frame = frame;
        this.end = end;
    }

    /** How large the operand stack of the advice is. */
    int stackSize() {
        return stackSize;
    }

    /** How many local variables the method needs for the advice. */
    int localCount() {
        return localCount;
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
        AdviceParameter parameter = advice.parameterAt(local);
        if (parameter == null) {
            mv.visitVarInsn(opcode, own(local));
        } else if (opcode < Opcodes.ISTORE) {
            parameter.load(method, locals, arguments, mv);
        } else {
            parameter.store(method, locals, mv);
        }
    }

    @Override
    public void visitIincInsn(int local, int increment) {
        if (advice.parameterAt(local) != null) {
            throw new IllegalStateException("an advice increments a parameter");
        }
        mv.visitIincInsn(own(local), increment);
    }

    private int own(int local) {
        return locals.own() + local - advice.parametersSize();
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            mv.visitJumpInsn(Opcodes.GOTO, end);
        } else {
            mv.visitInsn(opcode);
        }
    }

    @Override
    public void visitFrame(int type, int count, Object @Nullable [] types, int stackCount, Object @Nullable [] stack) {
        if (frame != null && types != null) {
            List<Object> translated = new ArrayList<>(frame);
            for (int i = advice.parameters().size(); i < count; i++) {
                translated.add(types[i]);
            }
            mv.visitFrame(Opcodes.F_NEW, translated.size(), translated.toArray(), stackCount, stack);
        }
    }

    @Override
    public void visitMaxs(int stack, int variables) {
        stackSize = stack;
        localCount = own(variables);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label behind, Label handler, @Nullable String type) {
        throw new IllegalStateException("an advice catches an exception: a hook must not throw");
    }

    @Override
    public void visitCode() {
        // the method's code has begun
    }

    @Override
    public void visitEnd() {
        // the method's code goes on
    }

    @Override
    public void visitParameter(@Nullable String name, int access) {
        // of the advice, not of the method
    }

    @Override
    public void visitAnnotableParameterCount(int count, boolean visible) {
        // of the advice, not of the method
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitTypeAnnotation(
            int type, @Nullable TypePath path, String descriptor, boolean visible) {
        return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
        return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitInsnAnnotation(
            int type, @Nullable TypePath path, String descriptor, boolean visible) {
        return null;
    }
}
