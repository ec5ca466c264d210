package io.stallsight.engine.inline;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/** Inlines an advice that has an exit. */
final class ExitInliner extends AdviceInliner {

    private final AdviceMethod exit;
    private final Type kept;
    private final Locals locals;

    /** How far the copies of the receiver and the parameters lie behind the originals. */
    private final int shift;

    private final OperandStack operands;
    private final Label start = new Label();
    private final Label returned = new Label();
    private final Label caught = new Label();

    ExitInliner(
            MethodVisitor next,
            WovenMethod method,
            @Nullable AdviceMethod entry,
            AdviceMethod exit,
            Arguments arguments,
            boolean hasFrames) {
        this(new OperandStack(next, method.size()), method, entry, exit, arguments, hasFrames);
    }

    private ExitInliner(
            OperandStack next,
            WovenMethod method,
            @Nullable AdviceMethod entry,
            AdviceMethod exit,
            Arguments arguments,
            boolean hasFrames) {
        super(next, method, entry, arguments, hasFrames);
        this.exit = exit;
        this.kept = entry == null ? Type.VOID_TYPE : entry.result();
        this.locals = Locals.ofExit(method, kept, exit.caught() != null);
        this.shift = method.size() + kept.getSize();
        this.operands = next;
    }

    @Override
    Type kept() {
        return kept;
    }

    @Override
    void skip() {
        mv.visitJumpInsn(Opcodes.GOTO, returned);
    }

    @Override
    void begin() {
        if (exit.caught() != null) {
            mv.visitTryCatchBlock(start, returned, caught, exit.caught()); // behind those of the body
        }
        writeEntry();
        copyArguments();
        mv.visitInsn(Opcodes.NOP); // the body may begin with a frame, and two frames need an instruction between them
        mv.visitLabel(start);
    }

    private void copyArguments() {
        if (!method.hasArguments()) {
            return;
        }
        int local = 0;
        if (!method.isStatic()) {
            copy(Opcodes.ALOAD, Opcodes.ASTORE, local++, 1);
        }
        for (Type parameter : method.parameters()) {
            copy(parameter.getOpcode(Opcodes.ILOAD), parameter.getOpcode(Opcodes.ISTORE), local, parameter.getSize());
            local += parameter.getSize();
        }
        Object receiver = method.isConstructor() ? Opcodes.UNINITIALIZED_THIS : method.owner();
        List<Object> types = frame(receiver);
        addKept(types);
        method.addTo(types, receiver);
        writeFrame(types);
    }

    private void copy(int load, int store, int local, int size) {
        mv.visitVarInsn(load, local);
        mv.visitVarInsn(store, shift + local);
        require(size, 0);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
        super.visitVarInsn(opcode, shift + local);
    }

    @Override
    public void visitIincInsn(int local, int increment) {
        super.visitIincInsn(shift + local, increment);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            code();
            require(0, operands.dropBelow(method.result()));
            mv.visitJumpInsn(Opcodes.GOTO, returned);
        } else {
            super.visitInsn(opcode);
        }
    }

    @Override
    public void visitFrame(int type, int count, Object @Nullable [] types, int stackCount, Object @Nullable [] stack) {
        Object receiver = method.owner();
        for (int i = 0; i < count && types != null; i++) {
            if (types[i] == Opcodes.UNINITIALIZED_THIS) {
                receiver = types[i];
            }
        }
        List<Object> translated = frame(receiver);
        addKept(translated);
        for (int i = 0; i < count && types != null; i++) {
            translated.add(types[i]);
        }
        super.visitFrame(type, translated.size(), translated.toArray(), stackCount, stack);
    }

    @Override
    public void visitLocalVariable(
            String name, String descriptor, @Nullable String signature, Label from, Label to, int local) {
        boolean isThis = local == 0 && name.equals("this"); // debuggers look for it there
        super.visitLocalVariable(name, descriptor, signature, from, to, isThis ? 0 : shift + local);
    }

    @Override
    public AnnotationVisitor visitLocalVariableAnnotation(
            int type,
            @Nullable TypePath path,
            Label[] from,
            Label[] to,
            int[] variables,
            String descriptor,
            boolean visible) {
        int[] shifted = variables.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += shift;
        }
        return super.visitLocalVariableAnnotation(type, path, from, to, shifted, descriptor, visible);
    }

    @Override
    public void visitMaxs(int stack, int count) {
        writeExit();
        super.visitMaxs(stack, shift + count);
    }

    private void writeExit() {
        Type result = method.result();
        List<Object> before = frame(method.owner());
        addKept(before);
        List<Object> behind = new ArrayList<>(before);
        if (result.getSize() > 0) {
            behind.add(FrameTypes.of(result));
        }
        mv.visitLabel(returned);
        if (exit.caught() != null) {
            behind.add(FrameTypes.THROWABLE);
            writeHandler(before, result);
        } else if (result.getSize() > 0) {
            writeFrame(before, FrameTypes.of(result));
            mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), locals.returned());
        }
        writeFrame(behind);
        Label end = new Label();
        AdviceCode code = new AdviceCode(mv, exit, method, locals, arguments, hasFrames() ? behind : null, end);
        exit.accept(code);
        mv.visitLabel(end);
        writeFrame(behind);
        if (exit.caught() != null) {
            writeThrow(behind);
        }
        if (result.getSize() > 0) {
            mv.visitVarInsn(result.getOpcode(Opcodes.ILOAD), locals.returned());
        }
        mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
        require(Math.max(code.stackSize(), Math.max(1, result.getSize())), Math.max(code.localCount(), locals.own()));
    }

    /** Keeps the result and no exception, or the exception and a zero as the result. */
    private void writeHandler(List<Object> before, Type result) {
        boolean isVoid = result.getSize() == 0;
        Label both = new Label();
        if (isVoid) {
            writeFrame(before);
        } else {
            writeFrame(before, FrameTypes.of(result));
            mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), locals.returned());
        }
        mv.visitInsn(Opcodes.ACONST_NULL);
        mv.visitVarInsn(Opcodes.ASTORE, locals.thrown());
        mv.visitJumpInsn(Opcodes.GOTO, both);
        mv.visitLabel(caught);
        writeFrame(before, FrameTypes.THROWABLE);
        mv.visitVarInsn(Opcodes.ASTORE, locals.thrown());
        if (!isVoid) {
            mv.visitInsn(FrameTypes.zero(result));
            mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), locals.returned());
        }
        mv.visitLabel(both);
    }

    private void writeThrow(List<Object> types) {
        Label end = new Label();
        mv.visitVarInsn(Opcodes.ALOAD, locals.thrown());
        mv.visitJumpInsn(Opcodes.IFNULL, end);
        mv.visitVarInsn(Opcodes.ALOAD, locals.thrown());
        mv.visitInsn(Opcodes.ATHROW);
        mv.visitLabel(end);
        writeFrame(types);
    }
}
