package io.stallsight.engine.inline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Follows the operand stack of a method that is being written.
 *
 * <p><b>Problem.</b> A method may return while other values lie below the result: Kotlin's {@code f(a, b ?: return)}
 * does so. The JVM drops them. An inlined advice makes a jump of the return, and at the target of jumps the stack must
 * have one height.
 *
 * <p><b>Algorithm.</b> For each value its size is kept, one or two slots. A jump keeps a copy of the stack for its
 * target, and a stack map frame replaces the stack. Without frames, in class files before Java 6, the copies alone are
 * right. In dead code the stack may be unknown; it counts as empty there.
 */
final class OperandStack extends MethodVisitor {

    /** For each opcode the slots that it pops and those that it pushes; 00 for those that depend on an operand. */
    private static final String EFFECTS = "00" // nop
            + "01".repeat(8) + "0202" + "01".repeat(3) + "0202" + "0101" // constants
            + "00".repeat(3) // ldc
            + "0102010201" + "00".repeat(20) // loads
            + "21222122" + "21".repeat(4) // loads from arrays
            + "1020102010" + "00".repeat(20) // stores
            + "30403040" + "30".repeat(4) // stores into arrays
            + "1020" + "00".repeat(7) // pop, dup, swap
            + "21422142".repeat(5) + "11221122" // arithmetic
            + "2132".repeat(3) + "2142".repeat(3) // shifts and bitwise operations
            + "00" // iinc
            + "121112" + "212122" + "111212" + "212221" + "111111" // conversions
            + "4121214141" // comparisons
            + "10".repeat(6) + "20".repeat(8) + "000100" + "1010" // jumps
            + "00".repeat(6) // returns
            + "00".repeat(4) + "00".repeat(5) // fields and calls
            + "01111111" + "00" + "1111" + "1010" // objects
            + "0000" + "1010"; // wide, multianewarray, ifnull

    private final Map<Label, int[]> atLabels = new HashMap<>();
    private int[] sizes = new int[16];
    private int count;
    private int freeLocal;

    /** @param freeLocal the first local variable that no code uses, as far as is known */
    OperandStack(MethodVisitor next, int freeLocal) {
        super(Opcodes.ASM9, next);
        this.freeLocal = freeLocal;
    }

    /**
     * Writes code that drops what lies below the result, before a return.
     *
     * @param result the type of the method's result, which is on top
     * @return how many local variables that needs
     */
    int dropBelow(Type result) {
        int values = result.getSize() == 0 ? 0 : 1;
        if (count <= values) {
            return 0;
        }
        if (values == 0) {
            drop(count);
            return 0;
        }
        mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), freeLocal);
        drop(count - 1);
        mv.visitVarInsn(result.getOpcode(Opcodes.ILOAD), freeLocal);
        return freeLocal + result.getSize();
    }

    private void drop(int values) {
        for (int i = values - 1; i >= 0; i--) {
            mv.visitInsn(sizes[i] == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
    }

    /** The sizes of the values, the bottom first. */
    int[] sizes() {
        return Arrays.copyOf(sizes, count);
    }

    private void push(int size) {
        if (size > 0) {
            if (count == sizes.length) {
                sizes = Arrays.copyOf(sizes, 2 * count);
            }
            sizes[count++] = size;
        }
    }

    private void pop(int slots) {
        for (int left = slots; left > 0 && count > 0; ) {
            left -= sizes[--count];
        }
    }

    private int firstOf(int slots, int end) {
        int first = end;
        for (int left = slots; left > 0 && first > 0; ) {
            left -= sizes[--first];
        }
        return first;
    }

    /** Puts a copy of the upper values below the values that lie under them. */
    private void duplicate(int slots, int under) {
        int upper = firstOf(slots, count);
        int[] copied = Arrays.copyOfRange(sizes, upper, count);
        int lower = firstOf(under, upper);
        int[] moved = Arrays.copyOfRange(sizes, lower, count);
        count = lower;
        for (int size : copied) {
            push(size);
        }
        for (int size : moved) {
            push(size);
        }
    }

    private void jumpTo(Label label) {
        atLabels.put(label, sizes());
    }

    private void change(int opcode) {
        pop(EFFECTS.charAt(2 * opcode) - '0');
        push(EFFECTS.charAt(2 * opcode + 1) - '0');
    }

    @Override
    public void visitInsn(int opcode) {
        switch (opcode) {
            case Opcodes.DUP -> duplicate(1, 0);
            case Opcodes.DUP_X1 -> duplicate(1, 1);
            case Opcodes.DUP_X2 -> duplicate(1, 2);
            case Opcodes.DUP2 -> duplicate(2, 0);
            case Opcodes.DUP2_X1 -> duplicate(2, 1);
            case Opcodes.DUP2_X2 -> duplicate(2, 2);
            case Opcodes.SWAP -> {}
            case Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN,
                    Opcodes.ARETURN,
                    Opcodes.RETURN,
                    Opcodes.ATHROW -> count = 0;
            default -> change(opcode);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        change(opcode);
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
        change(opcode);
        if (opcode == Opcodes.RET) {
            count = 0;
        } else if (opcode >= Opcodes.ISTORE) {
            freeLocal = Math.max(freeLocal, local + (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE ? 2 : 1));
        }
        super.visitVarInsn(opcode, local);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        change(opcode);
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean reads = opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
        int size = Type.getType(descriptor).getSize();
        pop(reads ? 0 : size);
        pop(opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD ? 1 : 0);
        push(reads ? size : 0);
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        call(descriptor, opcode == Opcodes.INVOKESTATIC);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        call(descriptor, true);
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private void call(String descriptor, boolean isStatic) {
        int both = Type.getArgumentsAndReturnSizes(descriptor);
        pop((both >> 2) - (isStatic ? 1 : 0));
        push(both & 3);
    }

    @Override
    public void visitLdcInsn(Object value) {
        boolean isWide = value instanceof Long
                || value instanceof Double
                || value instanceof ConstantDynamic dynamic && dynamic.getSize() == 2;
        push(isWide ? 2 : 1);
        super.visitLdcInsn(value);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        pop(dimensions);
        push(1);
        super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        change(opcode);
        jumpTo(label);
        if (opcode == Opcodes.JSR) {
            pop(1); // the address is there for the subroutine, which has taken it when it returns
        } else if (opcode == Opcodes.GOTO) {
            count = 0;
        }
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        choose(otherwise, labels);
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        choose(otherwise, labels);
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    private void choose(Label otherwise, Label[] labels) {
        pop(1);
        jumpTo(otherwise);
        for (Label label : labels) {
            jumpTo(label);
        }
        count = 0;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        atLabels.put(handler, new int[] {1});
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        int[] kept = atLabels.get(label);
        if (kept != null) {
            set(kept);
        }
        super.visitLabel(label);
    }

    private void set(int[] values) {
        sizes = Arrays.copyOf(values, Math.max(16, values.length));
        count = values.length;
    }

    @Override
    public void visitFrame(
            int type, int localCount, Object @Nullable [] locals, int stackCount, Object @Nullable [] stack) {
        count = 0;
        if (stack != null) {
            for (int i = 0; i < stackCount; i++) {
                push(FrameTypes.size(stack[i]));
            }
        }
        super.visitFrame(type, localCount, locals, stackCount, stack);
    }
}
