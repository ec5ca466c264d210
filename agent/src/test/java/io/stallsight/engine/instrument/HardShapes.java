package io.stallsight.engine.instrument;

import io.stallsight.testing.MemoryCompiler;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypeReference;

/** Class files with methods that are hard to weave. All can be loaded. */
enum HardShapes {
    SOURCE(() -> MemoryCompiler.compile("""
            package app;
            class Shapes extends java.io.ByteArrayOutputStream {
                private final Object lock;
                Shapes(boolean large, long timeout, Object lock) {
                    super(large ? 1 << 20 : timeout > 3 ? 100 : 10);
                    this.lock = lock == null ? this : lock;
                    if (large) { reset(); }
                }
                Shapes(Object first, String... others) { this(others.length > 2, first == null ? 1 : 2, first); }
                static void nothing() {}
                static int constant() { return 1; }
                synchronized long sum(long a, int b, double c) { a += b; b++; return a + (long) c; }
                double half(double a, float b) { for (;;) { if (a < b) return a / 2; a--; } }
                float narrow(byte a, short b, char c, boolean d) { return d ? a : b > c ? b : c; }
                static Object[] array(Object[] given, int[][] more) { given = given.clone(); return more == null ? given : more; }
                boolean caught(Object o, int n) {
                    try { synchronized (lock) { o.wait(n); } return true; }
                    catch (InterruptedException | IllegalArgumentException e) { o = e; return o == null; }
                    catch (Throwable t) { throw new IllegalStateException(t); }
                    finally { n++; o = lock; reset(); }
                }
                static byte select(String text, int at) {
                    switch (text) { case "a": at += 2; case "b": return (byte) at; case "c": break; default: return -1; }
                    switch (at) { case 1: return 7; case 1000: return 8; case 100000: text = null; }
                    return (byte) (text == null ? 0 : 1);
                }
                Object always() { throw new UnsupportedOperationException(); }
                static void ever(java.util.concurrent.Semaphore ended) { while (!ended.tryAcquire()) { Thread.onSpinWait(); } }
                static void endless() { while (true) { Thread.onSpinWait(); } }
                java.util.function.Supplier<Object> lambda(long a, Object b) { return () -> a + "" + b + this; }
                java.util.function.IntSupplier reference(String text) { return text::length; }
                @Override public byte[] toByteArray() { return super.toByteArray(); }
                char nested(int a) {
                    int b = a;
                    while (b > 0) { long c = b; while (c > 0) { String d = "" + c; c--; if (d.isEmpty()) return 'd'; } double e = b; b--; if (e > 7) continue; }
                    return 'n';
                }
                interface Mixin { default int count(int more) { return more > 0 ? more : of(null); } static int of(Mixin m) { return m == null ? 0 : 1; } }
            }
            """).get("app.Shapes")),

    INTERFACE(() -> MemoryCompiler.compile("""
            package app;
            interface Mixin<T extends Comparable<T>> {
                default T larger(T a, T b) { return a.compareTo(b) > 0 ? a : b; }
                static int of(Mixin<?> m) { return m == null ? 0 : 1; }
                T other(T a);
                private long secret(long a) { return a > 0 ? a : -a; }
            }
            """).get("app.Mixin")),

    /** As Kotlin leaves them on the stack: {@code f(a, b ?: return)}. */
    LEFT_OPERANDS(() -> classFile(Opcodes.V17, HardShapes::leftOperands)),

    LEFT_OPERANDS_WITHOUT_FRAMES(() -> classFile(Opcodes.V1_5, HardShapes::leftOperandsAtJumps)),

    /** Java 6 verifies a class file without frames as Java 5 does. */
    JAVA_6_WITHOUT_FRAMES(() -> classFile(Opcodes.V1_6, HardShapes::leftOperandsAtJumps)),

    SUBROUTINE(() -> classFile(Opcodes.V1_4, HardShapes::subroutine)),

    /** With names of variables, annotations of their types, and lines. */
    NAMED_VARIABLES(() -> classFile(Opcodes.V11, HardShapes::namedVariables)),

    MANY_PARAMETERS(() -> classFile(Opcodes.V17, HardShapes::manyParameters)),

    /** The jump over the body grows beyond 32,767 bytes when the method is woven. */
    LONG_JUMP(() -> methodOfSize(32_750));

    private final Supplier<byte[]> classFile;

    HardShapes(Supplier<byte[]> classFile) {
        this.classFile = classFile;
    }

    byte[] classFile() {
        return classFile.get();
    }

    private static byte[] classFile(int version, Consumer<ClassWriter> methods) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "app/Shapes", null, "java/lang/Object", null);
        methods.accept(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, int access, String descriptor, Consumer<MethodVisitor> body) {
        MethodVisitor code = writer.visitMethod(access, "f", descriptor, null, null);
        code.visitCode();
        body.accept(code);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void leftOperands(ClassWriter writer) {
        method(writer, Opcodes.ACC_STATIC, "(I)I", code -> {
            code.visitLdcInsn(7L);
            code.visitInsn(Opcodes.ICONST_1);
            code.visitInsn(Opcodes.DUP_X2); // 1 7L 1
            code.visitInsn(Opcodes.DCONST_0);
            code.visitInsn(Opcodes.ACONST_NULL);
            code.visitVarInsn(Opcodes.ILOAD, 0);
            code.visitInsn(Opcodes.IRETURN);
        });
        method(writer, 0, "(D)D", code -> {
            Label below = new Label();
            code.visitInsn(Opcodes.ICONST_1);
            code.visitInsn(Opcodes.LCONST_1);
            code.visitVarInsn(Opcodes.DLOAD, 1);
            code.visitInsn(Opcodes.DCONST_0);
            code.visitInsn(Opcodes.DCMPL);
            code.visitJumpInsn(Opcodes.IFLT, below);
            code.visitVarInsn(Opcodes.DLOAD, 1);
            code.visitInsn(Opcodes.DRETURN);
            code.visitLabel(below);
            Object[] locals = {"app/Shapes", Opcodes.DOUBLE};
            code.visitFrame(Opcodes.F_FULL, 2, locals, 2, new Object[] {Opcodes.INTEGER, Opcodes.LONG});
            code.visitInsn(Opcodes.L2D);
            code.visitInsn(Opcodes.DRETURN);
        });
        method(writer, 0, "(Ljava/lang/Object;J)Ljava/lang/Object;", code -> {
            code.visitVarInsn(Opcodes.LLOAD, 2);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitInsn(Opcodes.ARETURN);
        });
        method(writer, 0, "(J)V", code -> {
            code.visitVarInsn(Opcodes.LLOAD, 1);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitInsn(Opcodes.RETURN);
        });
        method(writer, 0, "(F)F", code -> {
            code.visitVarInsn(Opcodes.FLOAD, 1);
            code.visitInsn(Opcodes.DUP);
            code.visitInsn(Opcodes.FRETURN);
        });
    }

    private static void leftOperandsAtJumps(ClassWriter writer) {
        method(writer, Opcodes.ACC_STATIC, "(I)J", code -> {
            Label zero = new Label();
            Label first = new Label();
            Label second = new Label();
            Label others = new Label();
            code.visitInsn(Opcodes.ICONST_3);
            code.visitInsn(Opcodes.DCONST_1);
            code.visitVarInsn(Opcodes.ILOAD, 0);
            code.visitJumpInsn(Opcodes.IFEQ, zero);
            code.visitVarInsn(Opcodes.ILOAD, 0);
            code.visitTableSwitchInsn(1, 2, others, first, second);
            code.visitLabel(first);
            code.visitInsn(Opcodes.LCONST_1);
            code.visitInsn(Opcodes.LRETURN);
            code.visitLabel(second);
            code.visitInsn(Opcodes.POP2);
            code.visitInsn(Opcodes.I2L);
            code.visitInsn(Opcodes.LRETURN);
            code.visitLabel(others);
            code.visitInsn(Opcodes.POP2);
            code.visitInsn(Opcodes.LCONST_0);
            code.visitInsn(Opcodes.LRETURN);
            code.visitLabel(zero);
            code.visitInsn(Opcodes.D2L);
            code.visitInsn(Opcodes.LRETURN);
        });
        method(writer, 0, "(Ljava/lang/Object;)V", code -> {
            Label start = new Label();
            Label handler = new Label();
            code.visitTryCatchBlock(start, handler, handler, null);
            code.visitLabel(start);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Object", "notify", "()V", false);
            code.visitInsn(Opcodes.RETURN);
            code.visitLabel(handler);
            code.visitInsn(Opcodes.DUP);
            code.visitInsn(Opcodes.RETURN);
        });
    }

    private static void subroutine(ClassWriter writer) {
        method(writer, 0, "(I)I", code -> {
            Label subroutine = new Label();
            code.visitVarInsn(Opcodes.ILOAD, 1);
            code.visitJumpInsn(Opcodes.JSR, subroutine);
            code.visitInsn(Opcodes.IRETURN);
            code.visitLabel(subroutine);
            code.visitVarInsn(Opcodes.ASTORE, 2);
            code.visitIincInsn(1, 3);
            code.visitVarInsn(Opcodes.RET, 2);
        });
    }

    private static void namedVariables(ClassWriter writer) {
        method(writer, Opcodes.ACC_SYNCHRONIZED, "(JLjava/lang/String;)Ljava/lang/String;", code -> {
            Label start = new Label();
            Label middle = new Label();
            Label end = new Label();
            code.visitLabel(start);
            code.visitLineNumber(7, start);
            code.visitVarInsn(Opcodes.ALOAD, 3);
            code.visitVarInsn(Opcodes.ASTORE, 4);
            code.visitLabel(middle);
            code.visitLineNumber(9, middle);
            code.visitVarInsn(Opcodes.ALOAD, 4);
            code.visitInsn(Opcodes.ARETURN);
            code.visitLabel(end);
            code.visitLocalVariable("this", "Lapp/Shapes;", null, start, end, 0);
            code.visitLocalVariable("timeout", "J", null, start, end, 1);
            code.visitLocalVariable("text", "Ljava/lang/String;", null, start, end, 3);
            code.visitLocalVariable("copy", "Ljava/lang/String;", null, middle, end, 4);
            code.visitLocalVariableAnnotation(
                            TypeReference.newTypeReference(TypeReference.LOCAL_VARIABLE)
                                    .getValue(),
                            null,
                            new Label[] {middle},
                            new Label[] {end},
                            new int[] {4},
                            "Lapp/Named;",
                            true)
                    .visitEnd();
        });
    }

    private static void manyParameters(ClassWriter writer) {
        method(writer, Opcodes.ACC_STATIC, "(" + "J".repeat(127) + "I)I", code -> {
            code.visitVarInsn(Opcodes.ILOAD, 254);
            code.visitVarInsn(Opcodes.ISTORE, 300);
            code.visitIincInsn(300, 1000);
            code.visitVarInsn(Opcodes.ILOAD, 300);
            code.visitInsn(Opcodes.IRETURN);
        });
    }

    /** A method with a jump over all of its code. */
    static byte[] methodOfSize(int bytes) {
        return classFile(
                Opcodes.V17,
                writer -> method(writer, 0, "(Ljava/lang/Object;)I", code -> {
                    Label end = new Label();
                    code.visitVarInsn(Opcodes.ALOAD, 1);
                    code.visitJumpInsn(Opcodes.IFNULL, end);
                    for (int i = 0; i < bytes; i += 2) {
                        code.visitInsn(Opcodes.ICONST_0);
                        code.visitInsn(Opcodes.POP);
                    }
                    code.visitLabel(end);
                    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                    code.visitInsn(Opcodes.ICONST_1);
                    code.visitInsn(Opcodes.IRETURN);
                }));
    }
}
