package io.stallsight.engine.instrument;

import io.stallsight.hook.StallsightLoops;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks of loops without a framework.
 *
 * <p><b>Problem.</b> A class of the application selects, takes tasks from a queue of its own, and runs them. Samples of
 * 250 equal tasks in a row look like one long computation.
 *
 * <p><b>Algorithm.</b> In a class that calls a {@link java.nio.channels.Selector}, the methods that take an element
 * from a collection are those that run tasks. Each of their calls of a functional method, such as
 * {@link Runnable#run()}, gets a call of {@link StallsightLoops#task} before it. Nothing is added to the operand stack,
 * so no frame changes.
 *
 * <p><b>Given up.</b> A loop that selects in one class and runs tasks in another, or runs them by a method of a type of
 * its own, is not counted: {@code SampledTasks} then say what the samples show.
 */
final class TaskCalls {

    /** Is in the constant pool of each class that selects. */
    static final String SELECTOR = "java/nio/channels/Selector";

    private static final String COLLECTIONS = "java/util/";
    private static final Set<String> TAKES =
            Set.of("poll", "pollFirst", "pollLast", "take", "takeFirst", "remove", "removeFirst", "pop");
    private static final Set<String> TASKS = Set.of(
            "java/lang/Runnable.run",
            "java/util/concurrent/Callable.call",
            "java/util/function/Consumer.accept",
            "java/util/function/Supplier.get",
            "java/util/function/Function.apply");
    private static final String HOOKS = StallsightLoops.class.getName().replace('.', '/');

    private TaskCalls() {}

    /** The class with its calls of tasks counted, or null if there are none. */
    static byte @Nullable [] count(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        Survey survey = new Survey();
        reader.accept(survey, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (!survey.selects || survey.takers.isEmpty()) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        Counter counter = new Counter(writer, survey.takers);
        reader.accept(counter, 0);
        return counter.changed ? writer.toByteArray() : null;
    }

    private static boolean takes(int opcode, String owner, String name) {
        return opcode != Opcodes.INVOKESTATIC && owner.startsWith(COLLECTIONS) && TAKES.contains(name);
    }

    /** Whether a class selects, and which of its methods take something from a collection. */
    private static final class Survey extends ClassVisitor {
        private final Set<String> takers = new HashSet<>();
        private boolean selects;

        Survey() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String methodDescriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofType) {
                    selects |= owner.equals(SELECTOR) && name.startsWith("select");
                    if (takes(opcode, owner, name)) {
                        takers.add(method + methodDescriptor);
                    }
                }
            };
        }
    }

    private static final class Counter extends ClassVisitor {
        private final Set<String> takers;
        private boolean changed;

        Counter(ClassVisitor next, Set<String> takers) {
            super(Opcodes.ASM9, next);
            this.takers = takers;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String methodDescriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, method, methodDescriptor, signature, exceptions);
            if (!takers.contains(method + methodDescriptor)) {
                return next;
            }
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofType) {
                    if (opcode == Opcodes.INVOKEINTERFACE && TASKS.contains(owner + '.' + name)) {
                        changed = true;
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "task", "()V", false);
                    }
                    super.visitMethodInsn(opcode, owner, name, descriptor, ofType);
                }
            };
        }
    }
}
