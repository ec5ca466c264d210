import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Makes the classes of the engine quicker to load. Equal class files give equal results.
 *
 * <p><b>Lambdas.</b> The JVM makes a class for each lambda and method reference when it is first reached: it links the
 * call site, writes a class file in interpreted code and defines it. The engine reaches 150 of them while it starts. So
 * the build makes these classes: for the n-th lambda of class {@code A} a class {@code A$$Ln}, with a field for each
 * captured value. It calls the same method as the lambda would, a private one too, as it belongs to the nest of
 * {@code A}. A lambda that captures nothing is one object, as the JDK has it. Serializable lambdas, those with further
 * interfaces or bridges, and those of class files without nests, below JDK 11, stay as they are.
 *
 * <p><b>Names of local variables.</b> Only a debugger needs them. They are a tenth of the bytes of all class files. Names
 * of source files and numbers of lines stay, as stack traces have them.
 *
 * <p>Arguments: the folder, and the starts of the names in it that are left out. Such are classes that others read: advice,
 * the sample of the weaver, and the self-test, which calls native methods by lambdas.
 */
public final class LightenEngine {

    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String ONLY = "ONLY";
    private static final String MAKE = "make";

    private final Path folder;
    private final Map<String, byte[]> classes = new TreeMap<>();

    /** The classes that are added to a nest, by its host. */
    private final Map<String, List<String>> membersOfNests = new TreeMap<>();

    private LightenEngine(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        LightenEngine engine = new LightenEngine(Path.of(arguments[0]));
        engine.read(List.of(arguments).subList(1, arguments.length));
        engine.lighten();
        engine.write();
    }

    private void read(List<String> leftOut) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (leftOut.stream().noneMatch(name::startsWith)) {
                    byte[] classFile = Files.readAllBytes(file);
                    classes.put(name.substring(0, name.length() - ".class".length()), classFile);
                }
            }
        }
    }

    private void lighten() {
        Map<String, byte[]> made = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            ClassReader reader = new ClassReader(each.getValue());
            ClassWriter writer = new ClassWriter(0);
            Light light = new Light(writer);
            reader.accept(light, 0);
            each.setValue(writer.toByteArray());
            if (!light.made.isEmpty()) {
                made.putAll(light.made);
                membersOfNests
                        .computeIfAbsent(light.nest(), nest -> new ArrayList<>())
                        .addAll(light.made.keySet());
            }
        }
        membersOfNests.forEach((host, members) -> {
            byte[] classFile = classes.get(host);
            if (classFile == null) {
                throw new IllegalStateException("the host of a nest is left out: " + host);
            }
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(classFile).accept(new WithMembers(writer, members), 0);
            classes.put(host, writer.toByteArray());
        });
        classes.putAll(made);
    }

    private void write() throws IOException {
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Files.write(folder.resolve(each.getKey() + ".class"), each.getValue());
        }
    }

    /** Adds members to a nest. */
    private static final class WithMembers extends ClassVisitor {
        private final List<String> members;

        WithMembers(ClassVisitor next, List<String> members) {
            super(Opcodes.ASM9, next);
            this.members = members;
        }

        @Override
        public void visitEnd() {
            members.forEach(super::visitNestMember);
            super.visitEnd();
        }
    }

    /** A class without its lambdas and the names of its local variables. */
    private static final class Light extends ClassVisitor {
        final Map<String, byte[]> made = new TreeMap<>();
        private String name = "";
        private String nestHost = "";
        private String source = "";
        private int version;

        Light(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        String nest() {
            return nestHost.isEmpty() ? name : nestHost;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            this.version = version;
            this.name = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public void visitSource(String source, String debug) {
            this.source = source;
            super.visitSource(source, debug);
        }

        @Override
        public void visitNestHost(String nestHost) {
            this.nestHost = nestHost;
            super.visitNestHost(nestHost);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitLocalVariable(
                        String variable, String type, String generic, Label start, Label end, int index) {}

                @Override
                public void visitInvokeDynamicInsn(String sam, String factory, Handle bootstrap, Object... arguments) {
                    if (!hasNests()
                            || !bootstrap.getOwner().equals(METAFACTORY)
                            || !bootstrap.getName().equals("metafactory")) {
                        super.visitInvokeDynamicInsn(sam, factory, bootstrap, arguments);
                        return;
                    }
                    String lambda = name + "$$L" + made.size();
                    byte[] classFile = new Lambda(lambda, sam, Type.getMethodType(factory), arguments).classFile();
                    made.put(lambda, classFile);
                    if (factory.startsWith("()")) {
                        super.visitFieldInsn(Opcodes.GETSTATIC, lambda, ONLY, "L" + lambda + ";");
                    } else {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, lambda, MAKE, factory, false);
                    }
                }
            };
        }

        private boolean hasNests() {
            return (version & 0xffff) >= Opcodes.V11;
        }

        /** The class of one lambda. */
        private final class Lambda {
            private final String lambda;
            private final String sam;
            private final Type factory;
            private final Type erased;
            private final Handle target;
            private final Type instantiated;

            Lambda(String lambda, String sam, Type factory, Object[] arguments) {
                this.lambda = lambda;
                this.sam = sam;
                this.factory = factory;
                this.erased = (Type) arguments[0];
                this.target = (Handle) arguments[1];
                this.instantiated = (Type) arguments[2];
            }

            byte[] classFile() {
                ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
                writer.visit(
                        version,
                        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                        lambda,
                        null,
                        "java/lang/Object",
                        new String[] {factory.getReturnType().getInternalName()});
                writer.visitSource(source, null);
                writer.visitNestHost(nest());
                Type[] captured = factory.getArgumentTypes();
                for (int i = 0; i < captured.length; i++) {
                    FieldVisitor field = writer.visitField(
                            Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), captured[i].getDescriptor(), null, null);
                    field.visitEnd();
                }
                constructor(writer, captured);
                if (captured.length == 0) {
                    only(writer);
                } else {
                    make(writer, captured);
                }
                method(writer, captured);
                writer.visitEnd();
                return writer.toByteArray();
            }

            private String field(int i) {
                return "captured" + i;
            }

            private void constructor(ClassWriter writer, Type[] captured) {
                MethodVisitor code = writer.visitMethod(
                        Opcodes.ACC_PRIVATE, "<init>", Type.getMethodDescriptor(Type.VOID_TYPE, captured), null, null);
                code.visitCode();
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
                int local = 1;
                for (int i = 0; i < captured.length; i++) {
                    code.visitVarInsn(Opcodes.ALOAD, 0);
                    code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), local);
                    code.visitFieldInsn(Opcodes.PUTFIELD, lambda, field(i), captured[i].getDescriptor());
                    local += captured[i].getSize();
                }
                end(code, Opcodes.RETURN);
            }

            private void only(ClassWriter writer) {
                String type = "L" + lambda + ";";
                writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, ONLY, type, null, null)
                        .visitEnd();
                MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
                code.visitCode();
                code.visitTypeInsn(Opcodes.NEW, lambda);
                code.visitInsn(Opcodes.DUP);
                code.visitMethodInsn(Opcodes.INVOKESPECIAL, lambda, "<init>", "()V", false);
                code.visitFieldInsn(Opcodes.PUTSTATIC, lambda, ONLY, type);
                end(code, Opcodes.RETURN);
            }

            private void make(ClassWriter writer, Type[] captured) {
                MethodVisitor code =
                        writer.visitMethod(Opcodes.ACC_STATIC, MAKE, factory.getDescriptor(), null, null);
                code.visitCode();
                code.visitTypeInsn(Opcodes.NEW, lambda);
                code.visitInsn(Opcodes.DUP);
                int local = 0;
                for (Type each : captured) {
                    code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), local);
                    local += each.getSize();
                }
                code.visitMethodInsn(
                        Opcodes.INVOKESPECIAL,
                        lambda,
                        "<init>",
                        Type.getMethodDescriptor(Type.VOID_TYPE, captured),
                        false);
                end(code, Opcodes.ARETURN);
            }

            /** Passes the captured values and the arguments on to the target, each converted as a lambda's are. */
            private void method(ClassWriter writer, Type[] captured) {
                MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, sam, erased.getDescriptor(), null, null);
                code.visitCode();
                List<Type> wanted = new ArrayList<>();
                boolean isConstructor = target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
                if (isConstructor) {
                    code.visitTypeInsn(Opcodes.NEW, target.getOwner());
                    code.visitInsn(Opcodes.DUP);
                } else if (target.getTag() != Opcodes.H_INVOKESTATIC) {
                    wanted.add(Type.getObjectType(target.getOwner()));
                }
                wanted.addAll(List.of(Type.getArgumentTypes(target.getDesc())));
                for (int i = 0; i < captured.length; i++) {
                    code.visitVarInsn(Opcodes.ALOAD, 0);
                    code.visitFieldInsn(Opcodes.GETFIELD, lambda, field(i), captured[i].getDescriptor());
                    convert(code, captured[i], captured[i], wanted.get(i));
                }
                Type[] given = erased.getArgumentTypes();
                int local = 1;
                for (int i = 0; i < given.length; i++) {
                    code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), local);
                    convert(code, given[i], instantiated.getArgumentTypes()[i], wanted.get(captured.length + i));
                    local += given[i].getSize();
                }
                code.visitMethodInsn(
                        opcode(), target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
                Type result = isConstructor
                        ? Type.getObjectType(target.getOwner())
                        : Type.getReturnType(target.getDesc());
                Type returned = erased.getReturnType();
                if (returned.getSort() != Type.VOID) {
                    convert(code, result, instantiated.getReturnType(), returned);
                }
                end(code, returned.getOpcode(Opcodes.IRETURN));
            }

            private int opcode() {
                return switch (target.getTag()) {
                    case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                    case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
                    case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
                    // private methods of the nest are called in the same way as others
                    default -> target.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
                };
            }

            private void end(MethodVisitor code, int opcode) {
                code.visitInsn(opcode);
                code.visitMaxs(0, 0);
                code.visitEnd();
            }
        }
    }

    /**
     * Converts the value on the stack.
     *
     * @param from its type
     * @param as the type that the source code gives it, for a value of which {@code from} is the erasure
     * @param to the type that is needed
     */
    private static void convert(MethodVisitor code, Type from, Type as, Type to) {
        boolean isPrimitive = from.getSort() < Type.ARRAY;
        boolean mustBePrimitive = to.getSort() < Type.ARRAY;
        if (isPrimitive && mustBePrimitive) {
            widen(code, from, to);
        } else if (isPrimitive) {
            String box = box(from);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + from.getDescriptor() + ")L" + box + ";", false);
        } else if (mustBePrimitive) {
            Type boxed = primitive(as) == null ? primitive(from) : primitive(as);
            Type unboxed = boxed == null ? to : boxed;
            String box = box(unboxed);
            code.visitTypeInsn(Opcodes.CHECKCAST, box);
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, box, unboxed.getClassName() + "Value", "()" + unboxed.getDescriptor(), false);
            widen(code, unboxed, to);
        } else if (!from.equals(to) && !to.getInternalName().equals("java/lang/Object")) {
            code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }

    private static void widen(MethodVisitor code, Type from, Type to) {
        if (isInt(from) && isInt(to) || from.equals(to)) {
            return;
        }
        String widening = from.getDescriptor() + to.getDescriptor();
        int opcode =
                switch (isInt(from) ? "I" + to.getDescriptor() : widening) {
                    case "IJ" -> Opcodes.I2L;
                    case "IF" -> Opcodes.I2F;
                    case "ID" -> Opcodes.I2D;
                    case "JF" -> Opcodes.L2F;
                    case "JD" -> Opcodes.L2D;
                    case "FD" -> Opcodes.F2D;
                    default -> throw new IllegalStateException("no conversion " + widening);
                };
        code.visitInsn(opcode);
    }

    private static boolean isInt(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> true;
            default -> false;
        };
    }

    private static String box(Type primitive) {
        return switch (primitive.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.CHAR -> "java/lang/Character";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> throw new IllegalStateException(primitive + " is not primitive");
        };
    }

    /** Null if the class is not that of boxes. */
    private static Type primitive(Type box) {
        return switch (box.getInternalName()) {
            case "java/lang/Boolean" -> Type.BOOLEAN_TYPE;
            case "java/lang/Byte" -> Type.BYTE_TYPE;
            case "java/lang/Character" -> Type.CHAR_TYPE;
            case "java/lang/Short" -> Type.SHORT_TYPE;
            case "java/lang/Integer" -> Type.INT_TYPE;
            case "java/lang/Long" -> Type.LONG_TYPE;
            case "java/lang/Float" -> Type.FLOAT_TYPE;
            case "java/lang/Double" -> Type.DOUBLE_TYPE;
            default -> null;
        };
    }
}
