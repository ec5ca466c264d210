package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.MethodPattern;
import io.stallsight.engine.catalog.Point;
import io.stallsight.hook.StallsightNatives;
import java.lang.invoke.LambdaMetafactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites calls of methods that are native on this JDK, and hence have no body to weave, into calls of their stand-in
 * in {@link StallsightNatives}: direct calls, and handles in the arguments of invokedynamic (lambda bodies are ordinary
 * methods, a method reference such as {@code Thread::sleep} is a handle). The operand stack is the same before and
 * after, so no frame changes.
 */
final class CallSites {

    /** {@code name} and {@code descriptor} are the native's, {@code standIn} is the name in StallsightNatives. */
    private record Native(
            @Nullable Point point,
            String owner,
            String name,
            String descriptor,
            boolean isStatic,
            String standIn,
            String standInDescriptor) {}

    private static final String STAND_INS = StallsightNatives.class.getName().replace('.', '/');

    private final List<Native> natives = new ArrayList<>();
    private final Set<ConstantPool.Utf8> names = new HashSet<>();

    /**
     * Looks whether the method of a point is native on the running JDK and, if so, takes it over.
     *
     * @return whether calls of it are rewritten from here on
     */
    boolean add(Point point, Class<?> owner) {
        boolean added = false;
        for (Method method : nativesOf(owner, point.method())) {
            if (StallsightNatives.bind(standIn(method) + Type.getMethodDescriptor(method), point.id())) {
                add(point, method);
                added = true;
            }
        }
        return added;
    }

    /** Takes over a native method about which policies may be asked later. */
    void addAsked(MethodPattern pattern, Class<?> owner) {
        for (Method method : nativesOf(owner, pattern)) {
            if (StallsightNatives.has(standIn(method) + Type.getMethodDescriptor(method)) && find(method) == null) {
                add(null, method);
            }
        }
    }

    /**
     * From now on policies are asked about calls of a native method.
     *
     * @return whether its calls are rewritten
     */
    boolean ask(Point point) {
        boolean asked = false;
        String owner = point.owner().replace('.', '/');
        for (Native candidate : natives) {
            if (candidate.owner.equals(owner) && point.method().matches(candidate.name, candidate.descriptor)) {
                StallsightNatives.bindPolicy(candidate.standIn + candidate.descriptor, point.id());
                asked = true;
            }
        }
        return asked;
    }

    private static List<Method> nativesOf(Class<?> owner, MethodPattern pattern) {
        List<Method> found = new ArrayList<>();
        for (Method method : owner.getDeclaredMethods()) {
            if (Modifier.isNative(method.getModifiers())
                    && pattern.matches(method.getName(), Type.getMethodDescriptor(method))) {
                found.add(method);
            }
        }
        return found;
    }

    private static String standIn(Method method) {
        return method.getDeclaringClass().getSimpleName() + "_" + method.getName();
    }

    private @Nullable Native find(Method method) {
        String owner = Type.getInternalName(method.getDeclaringClass());
        String descriptor = Type.getMethodDescriptor(method);
        for (Native candidate : natives) {
            if (candidate.owner.equals(owner)
                    && candidate.name.equals(method.getName())
                    && candidate.descriptor.equals(descriptor)) {
                return candidate;
            }
        }
        return null;
    }

    private void add(@Nullable Point point, Method method) {
        String descriptor = Type.getMethodDescriptor(method);
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        String owner = Type.getInternalName(method.getDeclaringClass());
        String full = isStatic ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
        natives.add(new Native(point, owner, method.getName(), descriptor, isStatic, standIn(method), full));
        names.add(new ConstantPool.Utf8(method.getName()));
    }

    /** Names whose mention makes a class worth a look. */
    Set<ConstantPool.Utf8> names() {
        return names;
    }

    boolean isEmpty() {
        return natives.isEmpty();
    }

    /** The rewritten class, or null if it contains no such call. */
    byte @Nullable [] rewrite(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriter rewriter = new Rewriter(writer, reader.getClassName(), reader.getSuperName());
        reader.accept(rewriter, 0);
        return rewriter.changed ? writer.toByteArray() : null;
    }

    private @Nullable Native find(int opcode, String owner, String name, String descriptor, Rewriter in) {
        for (Native candidate : natives) {
            if (candidate.name.equals(name)
                    && candidate.descriptor.equals(descriptor)
                    && candidate.isStatic == (opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.H_INVOKESTATIC)
                    && (candidate.owner.equals(owner) || in.inheritsFrom(owner, candidate))) {
                return candidate;
            }
        }
        return null;
    }

    private final class Rewriter extends ClassVisitor {
        private final String className;
        private final @Nullable String superName;
        private boolean changed;

        Rewriter(ClassVisitor next, String className, @Nullable String superName) {
            super(Opcodes.ASM9, next);
            this.className = className;
            this.superName = superName;
        }

        /**
         * {@code sleep(100)} inside of a Thread subclass names the subclass as the owner. Only what the class file
         * itself tells is looked at: asking the class path from inside a class load would run the application's loader.
         */
        boolean inheritsFrom(String owner, Native candidate) {
            return owner.equals(className) && candidate.owner.equals(superName);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String method, String methodDescriptor, boolean isInterface) {
                    Native found = find(opcode, owner, method, methodDescriptor, Rewriter.this);
                    if (found == null || opcode == Opcodes.INVOKESPECIAL) {
                        super.visitMethodInsn(opcode, owner, method, methodDescriptor, isInterface);
                    } else {
                        changed = true;
                        super.visitMethodInsn(
                                Opcodes.INVOKESTATIC, STAND_INS, found.standIn, found.standInDescriptor, false);
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String method, String methodDescriptor, Handle bootstrap, Object... arguments) {
                    if (!makesLambda(bootstrap, arguments)) {
                        super.visitInvokeDynamicInsn(method, methodDescriptor, bootstrap, arguments);
                        return;
                    }
                    Object[] rewritten = arguments.clone();
                    String callSite = methodDescriptor;
                    for (int i = 0; i < rewritten.length; i++) {
                        if (rewritten[i] instanceof Handle handle) {
                            Native found = find(
                                    handle.getTag(),
                                    handle.getOwner(),
                                    handle.getName(),
                                    handle.getDesc(),
                                    Rewriter.this);
                            if (found != null) {
                                changed = true;
                                rewritten[i] = new Handle(
                                        Opcodes.H_INVOKESTATIC,
                                        STAND_INS,
                                        found.standIn,
                                        found.standInDescriptor,
                                        false);
                                callSite = captureAsOwner(callSite, found);
                            }
                        }
                    }
                    super.visitInvokeDynamicInsn(method, callSite, bootstrap, rewritten);
                }
            };
        }
    }

    /**
     * Only a lambda's handle is a call to be. A serializable one is left alone, as its class compares the name of the
     * method when it is read back.
     */
    private static boolean makesLambda(Handle bootstrap, Object[] arguments) {
        boolean alternative = bootstrap.getName().equals("altMetafactory");
        return bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                && !(alternative
                        && arguments[3] instanceof Integer flags
                        && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0);
    }

    /**
     * The receiver of a bound reference such as {@code text::wait} may be captured as a subclass of the method's owner.
     * LambdaMetafactory allows that for a receiver, but wants what a static method captures to be of the very type of
     * its parameter: else the call site fails with a LambdaConversionException.
     */
    private static String captureAsOwner(String callSite, Native found) {
        Type[] captured = Type.getArgumentTypes(callSite);
        if (found.isStatic || captured.length == 0) {
            return callSite;
        }
        captured[0] = Type.getObjectType(found.owner);
        return Type.getMethodDescriptor(Type.getReturnType(callSite), captured);
    }

    /** Whether the method of this point is native here, so that it is hooked where it is called. */
    boolean covers(Point point) {
        for (Native candidate : natives) {
            if (point.equals(candidate.point)) {
                return true;
            }
        }
        return false;
    }
}
