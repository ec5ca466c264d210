package io.stallsight.engine.instrument;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a class of the application to be defined once more, by a child of its loader. The JVM takes the copy's
 * package for another one, so a class literal or an {@code instanceof} of a class that is not public would fail with an
 * IllegalAccessError. In the copy these find the class by its name, which checks no access and does not initialise it.
 */
public final class ClassCopy {

    private static final String CLASS = "java/lang/Class";

    private ClassCopy() {}

    public static byte[] of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        String copied = reader.getClassName();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new ByName(super.visitMethod(access, name, descriptor, signature, exceptions), copied);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class ByName extends MethodVisitor {

        private final String copied;

        ByName(MethodVisitor next, String copied) {
            super(Opcodes.ASM9, next);
            this.copied = copied;
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type type && isOfApplication(type)) {
                find(type.getClassName());
            } else {
                super.visitLdcInsn(value);
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.INSTANCEOF && isOfApplication(Type.getObjectType(type))) {
                find(type.replace('/', '.'));
                super.visitInsn(Opcodes.SWAP);
                super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, CLASS, "isInstance", "(Ljava/lang/Object;)Z", false);
            } else {
                super.visitTypeInsn(opcode, type);
            }
        }

        private boolean isOfApplication(Type type) {
            return type.getSort() == Type.OBJECT
                    && !type.getInternalName().startsWith("java/")
                    && !type.getInternalName().equals(copied);
        }

        private void find(String className) {
            super.visitLdcInsn(className);
            super.visitInsn(Opcodes.ICONST_0);
            super.visitLdcInsn(Type.getObjectType(copied));
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, CLASS, "getClassLoader", "()Ljava/lang/ClassLoader;", false);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    CLASS,
                    "forName",
                    "(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;",
                    false);
        }
    }
}
