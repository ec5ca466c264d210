package io.stallsight.engine.instrument;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields to which a class assigns the semaphores that it makes: {@code permits = new Semaphore(3)} is a call
 * of the constructor and, as the next instruction, an assignment.
 */
final class SemaphoreFields {

    static final String DESCRIPTOR = "Ljava/util/concurrent/Semaphore;";

    private static final String SEMAPHORE = "java/util/concurrent/Semaphore";

    private SemaphoreFields() {}

    /** The names of the fields by the lines of the calls; a line with several such fields is left out. */
    static Map<Integer, String> read(byte[] classFile) {
        Map<Integer, String> byLine = new HashMap<>();
        new ClassReader(classFile).accept(new Fields(byLine), ClassReader.SKIP_FRAMES);
        byLine.values().removeIf(String::isEmpty);
        return byLine;
    }

    private static final class Fields extends ClassVisitor {

        private final Map<Integer, String> byLine;

        Fields(Map<Integer, String> byLine) {
            super(Opcodes.ASM9);
            this.byLine = byLine;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            return new Assignments(byLine);
        }
    }

    /** Any instruction but the one behind the constructor's call ends the search for its field. */
    private static final class Assignments extends MethodVisitor {

        private final Map<Integer, String> byLine;
        private int line;
        private boolean isMade;

        Assignments(Map<Integer, String> byLine) {
            super(Opcodes.ASM9);
            this.byLine = byLine;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            isMade = opcode == Opcodes.INVOKESPECIAL && owner.equals(SEMAPHORE) && name.equals("<init>");
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (isMade && (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC)) {
                String other = byLine.put(line, name);
                if (other != null && !other.equals(name)) {
                    byLine.put(line, "");
                }
            }
            isMade = false;
        }

        @Override
        public void visitInsn(int opcode) {
            isMade = false;
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            isMade = false;
        }

        @Override
        public void visitVarInsn(int opcode, int local) {
            isMade = false;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            isMade = false;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle method, Object... arguments) {
            isMade = false;
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            isMade = false;
        }

        @Override
        public void visitLdcInsn(Object value) {
            isMade = false;
        }
    }
}
