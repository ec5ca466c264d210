package io.stallsight.engine.instrument;

import io.stallsight.engine.instrument.NativeMethods.Native;
import io.stallsight.hook.StallsightNatives;
import java.lang.invoke.LambdaMetafactory;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites calls of native methods into calls of their stand-ins in {@link StallsightNatives}: direct calls, and
 * handles in the arguments of invokedynamic. A lambda's body is an ordinary method; a method reference such as
 * {@code Thread::sleep} is a handle. The operand stack is the same before and after, so no frame changes.
 */
final class CallSites {

    private static final String STAND_INS = StallsightNatives.class.getName().replace('.', '/');

    /** Tag of a CONSTANT_Methodref: Java Virtual Machine Specification, table 4.4-A. */
    private static final int METHOD = 10;

    private final NativeMethods natives;

    CallSites(NativeMethods natives) {
        this.natives = natives;
    }

    /** The rewritten class, or null if it contains no such call. */
    byte @Nullable [] rewrite(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        if (natives.all().isEmpty() || !mayCall(reader)) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriter rewriter = new Rewriter(writer, reader);
        reader.accept(rewriter, 0);
        return rewriter.changed ? writer.toByteArray() : null;
    }

    /** Whether the constant pool has such a method: to parse all the code takes ten times as long. */
    private boolean mayCall(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        int count = reader.getItemCount();
        for (int i = 1; i < count; i++) {
            int at = reader.getItem(i);
            if (at > 0 && reader.readByte(at - 1) == METHOD) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + Short.BYTES));
                String name = reader.readUTF8(nameAndType, buffer);
                String descriptor = reader.readUTF8(nameAndType + Short.BYTES, buffer);
                for (Native candidate : natives.all()) {
                    if (fits(candidate, reader, reader.readClass(at, buffer), name, descriptor)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Whether a call with this owner calls the native method. {@code sleep(100)} inside of a subclass of Thread names
     * the subclass as the owner. Only the class file itself shows the hierarchy: a search from inside a class load
     * would run the application's loader.
     */
    private static boolean fits(Native candidate, ClassReader reader, String owner, String name, String descriptor) {
        return candidate.name().equals(name)
                && candidate.descriptor().equals(descriptor)
                && (candidate.owner().equals(owner)
                        || owner.equals(reader.getClassName())
                                && candidate.owner().equals(reader.getSuperName()));
    }

    private final class Rewriter extends ClassVisitor {
        private final ClassReader reader;
        private boolean changed;

        Rewriter(ClassVisitor next, ClassReader reader) {
            super(Opcodes.ASM9, next);
            this.reader = reader;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions), this);
        }

        private @Nullable Native find(int opcode, String owner, String name, String descriptor) {
            boolean callsStatic = opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.H_INVOKESTATIC;
            for (Native candidate : natives.all()) {
                if (candidate.isStatic() == callsStatic && fits(candidate, reader, owner, name, descriptor)) {
                    return candidate;
                }
            }
            return null;
        }
    }

    /** Rewrites the calls in one method. */
    private static final class Calls extends MethodVisitor {

        private final Rewriter rewriter;

        Calls(MethodVisitor next, Rewriter rewriter) {
            super(Opcodes.ASM9, next);
            this.rewriter = rewriter;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            Native found = rewriter.find(opcode, owner, name, descriptor);
            if (found == null || opcode == Opcodes.INVOKESPECIAL) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            } else {
                rewriter.changed = true;
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, STAND_INS, found.standIn(), found.standInDescriptor(), false);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            if (!makesLambda(bootstrap, arguments)) {
                super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
                return;
            }
            Object[] rewritten = arguments.clone();
            String callSite = descriptor;
            for (int i = 0; i < rewritten.length; i++) {
                Native found = rewritten[i] instanceof Handle handle
                        ? rewriter.find(handle.getTag(), handle.getOwner(), handle.getName(), handle.getDesc())
                        : null;
                if (found != null) {
                    rewriter.changed = true;
                    rewritten[i] = new Handle(
                            Opcodes.H_INVOKESTATIC, STAND_INS, found.standIn(), found.standInDescriptor(), false);
                    callSite = captureAsOwner(callSite, found);
                }
            }
            super.visitInvokeDynamicInsn(name, callSite, bootstrap, rewritten);
        }

        /**
         * Only a lambda's handle is a call to be. A serializable one is left alone, as its class compares the name of
         * the method when it is read back.
         */
        private static boolean makesLambda(Handle bootstrap, Object[] arguments) {
            boolean alternative = bootstrap.getName().equals("altMetafactory");
            return bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                    && !(alternative
                            && arguments[3] instanceof Integer flags
                            && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0);
        }

        /**
         * The receiver of a bound reference such as {@code text::wait} may be captured as a subclass of the method's
         * owner. LambdaMetafactory allows that for a receiver. A static method's captured argument must have the very
         * type of the parameter: else the call site fails with a LambdaConversionException.
         */
        private static String captureAsOwner(String callSite, Native found) {
            Type[] captured = Type.getArgumentTypes(callSite);
            if (found.isStatic() || captured.length == 0) {
                return callSite;
            }
            captured[0] = Type.getObjectType(found.owner());
            return Type.getMethodDescriptor(Type.getReturnType(callSite), captured);
        }
    }
}
