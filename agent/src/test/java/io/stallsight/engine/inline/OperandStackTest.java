package io.stallsight.engine.inline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperandStackTest {

    private int frames;

    /** A compiler says in each frame what is on the stack: what was followed until there must be the same. */
    @Test
    void atEachFrame_theStackIsWhatTheFrameSays() throws IOException {
        Path folder = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java/util");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(each -> each.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            follow(Files.readAllBytes(file), file.toString());
        }
        assertThat(frames).isGreaterThan(5_000);
    }

    private void follow(byte[] file, String name) {
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String method,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                OperandStack followed = new OperandStack(new MethodVisitor(Opcodes.ASM9) {}, 0);
                                return new FrameChecker(followed, name + " " + method);
                            }
                        },
                        ClassReader.EXPAND_FRAMES);
    }

    private final class FrameChecker extends MethodVisitor {
        private final OperandStack followed;
        private final String where;

        FrameChecker(OperandStack followed, String where) {
            super(Opcodes.ASM9, followed);
            this.followed = followed;
            this.where = where;
        }

        @Override
        public void visitFrame(
                int type, int localCount, Object @Nullable [] locals, int stackCount, Object @Nullable [] stack) {
            int[] expected = new int[stackCount];
            for (int i = 0; i < stackCount; i++) {
                expected[i] = FrameTypes.size(stack[i]);
            }
            if (!isDead) {
                assertThat(followed.sizes()).as(where).isEqualTo(expected);
                frames++;
            }
            super.visitFrame(type, localCount, locals, stackCount, stack);
            isDead = false;
        }

        /**
         * Whether the next instruction is reached by a jump backwards only: nothing is known of it before its frame.
         */
        private boolean isDead;

        @Override
        public void visitInsn(int opcode) {
            super.visitInsn(opcode);
            isDead = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW;
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            super.visitJumpInsn(opcode, label);
            isDead = opcode == Opcodes.GOTO;
        }
    }

    @Test
    void dropBelow_countsTheVariableThatKeepsTheResult() {
        OperandStack stack = new OperandStack(new MethodVisitor(Opcodes.ASM9) {}, 3);
        stack.visitInsn(Opcodes.ICONST_0);
        stack.visitInsn(Opcodes.DUP);
        stack.visitInsn(Opcodes.DUP2);
        stack.visitInsn(Opcodes.LCONST_0);
        stack.visitInsn(Opcodes.DUP2_X2);

        assertThat(stack.sizes()).containsExactly(1, 1, 2, 1, 1, 2);
        assertThat(stack.dropBelow(Type.LONG_TYPE)).isEqualTo(5);
    }

    @Test
    void dropBelow_withTheResultOnly_needsNothing() {
        OperandStack stack = new OperandStack(new MethodVisitor(Opcodes.ASM9) {}, 3);

        assertThat(stack.dropBelow(Type.LONG_TYPE)).as("dead code").isZero();
        stack.visitInsn(Opcodes.LCONST_0);
        assertThat(stack.dropBelow(Type.LONG_TYPE)).isZero();
    }
}
