package io.stallsight.engine.inline;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Inlines an advice into a method that a class reader visits with expanded frames.
 *
 * <p><b>Problem.</b> The code of the advice runs in the method's frame, and the class must pass the verifier. To
 * compute stack map frames anew, one would have to load classes of the application, inside of a class load.
 *
 * <p><b>Algorithm.</b>
 *
 * <ol>
 *   <li>The code at the entry comes first. What it returns is kept in a variable behind the parameters.
 *   <li>An advice without an exit ends here: the body follows as it is.
 *   <li>With an exit, the receiver and the parameters are copied, and the body works with the copies. So the exit sees
 *       the arguments as they were, and the types of their variables are known everywhere.
 *   <li>A return in the body is a jump to the exit, with the result on the stack. Exceptions of the body are caught
 *       there, and thrown again behind the advice.
 *   <li>Each frame of the body gets the types of what lies before the copies; the frames of the advice's own code are
 *       known from the method's descriptor.
 * </ol>
 *
 * <p>Several advices nest: each sees what the next inner one has written as the body.
 *
 * <p><b>What it gives up.</b> In a constructor the exit cannot be reached by an exception, and the entry cannot leave
 * out the body: the JVM forbids both before the other constructor has been called.
 */
public abstract class AdviceInliner extends CodeVisitor {

    private static final Object[] EMPTY = {};

    final WovenMethod method;
    final Arguments arguments;
    private final @Nullable AdviceMethod entry;
    private final boolean hasFrames;

    /** The first line of the method stands for the code at the entry too. */
    private final Label firstLine = new Label();

    private boolean hasLine;
    private int stackSize;
    private int localCount;

    AdviceInliner(
            MethodVisitor next,
            WovenMethod method,
            @Nullable AdviceMethod entry,
            Arguments arguments,
            boolean hasFrames) {
        super(next);
        this.method = method;
        this.entry = entry;
        this.arguments = arguments;
        this.hasFrames = hasFrames;
    }

    /**
     * Inlines {@code advice} into the method that {@code next} writes.
     *
     * @param version of the class file
     */
    public static MethodVisitor of(
            MethodVisitor next, WovenMethod method, AdviceClass advice, Arguments arguments, int version) {
        boolean hasFrames = (version & 0xffff) >= Opcodes.V1_6;
        AdviceMethod entry = advice.entry();
        AdviceMethod exit = advice.exit();
        if (method.isConstructor() && (exit != null && exit.caught() != null || entry != null && skips(entry))) {
            throw new IllegalStateException("an advice does not fit a constructor: " + method);
        }
        if (exit != null) {
            return new ExitInliner(next, method, entry, exit, arguments, hasFrames);
        }
        return new EntryInliner(next, method, entry, arguments, hasFrames);
    }

    static boolean skips(AdviceMethod entry) {
        return entry.skip() != AdviceMethod.Skip.NEVER;
    }

    /** Leaves out the body: writes a jump or a return, with a zero as the result. */
    abstract void skip();

    /** The type of what the entry returned, for the exit; void if there is nothing to keep. */
    abstract Type kept();

    /** Writes the code at the entry. */
    final void writeEntry() {
        if (entry == null) {
            return;
        }
        mv.visitLabel(firstLine);
        Label end = new Label();
        List<Object> before = frame(method.isConstructor() ? Opcodes.UNINITIALIZED_THIS : method.owner());
        AdviceCode code =
                new AdviceCode(mv, entry, method, Locals.ofEntry(method), arguments, hasFrames ? before : null, end);
        entry.accept(code);
        Type result = entry.result();
        require(Math.max(code.stackSize(), result.getSize()), code.localCount());
        require(0, method.size() + result.getSize());
        mv.visitLabel(end);
        if (result.getSize() > 0) {
            writeFrame(before, FrameTypes.of(result));
            mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), method.size());
        }
        if (skips(entry)) {
            writeSkip(entry, result);
        }
        List<Object> behind = new ArrayList<>(before);
        addKept(behind);
        writeFrame(behind);
    }

    private void writeSkip(AdviceMethod from, Type result) {
        Label go = new Label();
        boolean goOnDefault = from.skip() == AdviceMethod.Skip.ON_NON_DEFAULT_VALUE;
        mv.visitVarInsn(result.getOpcode(Opcodes.ILOAD), method.size());
        if (FrameTypes.isReference(result)) {
            mv.visitJumpInsn(goOnDefault ? Opcodes.IFNULL : Opcodes.IFNONNULL, go);
        } else {
            mv.visitJumpInsn(goOnDefault ? Opcodes.IFEQ : Opcodes.IFNE, go);
        }
        if (method.result().getSize() > 0) {
            mv.visitInsn(FrameTypes.zero(method.result()));
        }
        require(method.result().getSize(), 0);
        skip();
        mv.visitLabel(go);
    }

    /** The types of the receiver and the parameters. */
    final List<Object> frame(Object receiver) {
        List<Object> types = new ArrayList<>();
        method.addTo(types, receiver);
        return types;
    }

    final void addKept(List<Object> types) {
        if (kept().getSize() > 0) {
            types.add(FrameTypes.of(kept()));
        }
    }

    final void writeFrame(List<Object> types, Object... stack) {
        if (hasFrames) {
            mv.visitFrame(
                    Opcodes.F_NEW, types.size(), types.toArray(), stack.length, stack.length == 0 ? EMPTY : stack);
        }
    }

    final boolean hasFrames() {
        return hasFrames;
    }

    final void require(int stack, int locals) {
        stackSize = Math.max(stackSize, stack);
        localCount = Math.max(localCount, locals);
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        super.visitLineNumber(line, entry == null || hasLine ? start : firstLine);
        hasLine = true;
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        super.visitMaxs(Math.max(stackSize, stack), Math.max(localCount, locals));
    }

    /** An advice without an exit. */
    private static final class EntryInliner extends AdviceInliner {

        EntryInliner(
                MethodVisitor next,
                WovenMethod method,
                @Nullable AdviceMethod entry,
                Arguments arguments,
                boolean hasFrames) {
            super(next, method, entry, arguments, hasFrames);
        }

        @Override
        void begin() {
            writeEntry();
            mv.visitInsn(
                    Opcodes.NOP); // the body may begin with a frame, and two frames need an instruction between them
        }

        @Override
        void skip() {
            mv.visitInsn(method.result().getOpcode(Opcodes.IRETURN));
        }

        @Override
        Type kept() {
            return Type.VOID_TYPE;
        }
    }
}
