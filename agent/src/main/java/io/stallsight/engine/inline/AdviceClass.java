package io.stallsight.engine.inline;

import io.stallsight.engine.inline.AdviceMethod.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * An advice, as its class file describes it: a static method with {@code @Advice.OnMethodEnter}, one with
 * {@code @Advice.OnMethodExit}, or both.
 *
 * <p>Of Byte Buddy's annotations these are known: {@code @OnMethodEnter} with {@code skipOn}, {@code @OnMethodExit}
 * with {@code onThrowable}, {@code @This}, {@code @Enter}, {@code @Thrown}, {@code @Return} and {@code @Argument}.
 * Values are not converted: each has the type that the method has, or is an Object. Anything else is refused when the
 * advice is read, and the tests read all.
 */
public final class AdviceClass {

    private static final String ENTRY = "Lnet/bytebuddy/asm/Advice$OnMethodEnter;";
    private static final String EXIT = "Lnet/bytebuddy/asm/Advice$OnMethodExit;";
    private static final String BYTE_BUDDY = "Lnet/bytebuddy/";

    private final @Nullable AdviceMethod entry;
    private final @Nullable AdviceMethod exit;

    private AdviceClass(@Nullable AdviceMethod entry, @Nullable AdviceMethod exit) {
        this.entry = entry;
        this.exit = exit;
    }

    /**
     * Reads an advice.
     *
     * @param annotations descriptors of the annotations whose values {@link Arguments} has
     * @throws IllegalArgumentException if the advice needs what is not supported
     */
    public static AdviceClass read(byte[] classFile, Set<String> annotations) {
        ClassReader file = new ClassReader(classFile);
        Reader reader = new Reader(file, annotations);
        file.accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (reader.entry == null && reader.exit == null) {
            throw new IllegalArgumentException(file.getClassName() + " is no advice");
        }
        AdviceClass advice = new AdviceClass(reader.entry, reader.exit);
        advice.checkEntered(file.getClassName());
        return advice;
    }

    /** The part at the entry; null if there is none. */
    @Nullable
    AdviceMethod entry() {
        return entry;
    }

    /** The part at the exit; null if there is none. */
    @Nullable
    AdviceMethod exit() {
        return exit;
    }

    private void checkEntered(String name) {
        if (exit != null) {
            Type entered = entry == null ? Type.VOID_TYPE : entry.result();
            for (AdviceParameter parameter : exit.parameters()) {
                if (parameter.annotation().equals(AdviceParameter.ENTER)
                        && !parameter.type().equals(entered)) {
                    throw new IllegalArgumentException(name + " returns " + entered.getClassName()
                            + " at the entry and takes another type at the exit");
                }
            }
        }
    }

    private static final class Reader extends ClassVisitor {
        private final ClassReader file;
        private final Set<String> annotations;
        private @Nullable AdviceMethod entry;
        private @Nullable AdviceMethod exit;

        Reader(ClassReader file, Set<String> annotations) {
            super(Opcodes.ASM9);
            this.file = file;
            this.annotations = annotations;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodReader(this, name, descriptor);
        }

        private void add(MethodReader read) {
            boolean isEntry = ENTRY.equals(read.annotation);
            if (isEntry ? entry != null : exit != null) {
                throw read.unsupported("a second method for the same place");
            }
            List<AdviceParameter> parameters = read.parameters();
            for (AdviceParameter each : parameters) {
                check(each, isEntry, read);
            }
            AdviceMethod method =
                    new AdviceMethod(file, read.name, read.descriptor, parameters, read.skip, read.caught);
            if (isEntry) {
                entry = method;
            } else {
                exit = method;
            }
        }

        private void check(AdviceParameter parameter, boolean isOfEntry, MethodReader read) {
            String annotation = parameter.annotation();
            boolean isKnown = switch (annotation) {
                case AdviceParameter.THIS -> FrameTypes.isReference(parameter.type());
                case AdviceParameter.ARGUMENT -> true;
                case AdviceParameter.ENTER, AdviceParameter.RETURN -> !isOfEntry;
                case AdviceParameter.THROWN -> !isOfEntry && read.caught != null;
                default -> annotations.contains(annotation);
            };
            if (!isKnown) {
                throw read.unsupported("a parameter with " + annotation);
            }
        }
    }

    /** Reads the annotations of one method. */
    private static final class MethodReader extends MethodVisitor {
        private final Reader reader;
        private final String name;
        private final String descriptor;
        private final Type[] types;
        private final List<ParameterReader> parameters = new ArrayList<>();
        private @Nullable String annotation;
        private Skip skip = Skip.NEVER;
        private @Nullable String caught;
        private boolean catches;

        MethodReader(Reader reader, String name, String descriptor) {
            super(Opcodes.ASM9);
            this.reader = reader;
            this.name = name;
            this.descriptor = descriptor;
            this.types = Type.getArgumentTypes(descriptor);
            for (Type type : types) {
                parameters.add(new ParameterReader(this, type));
            }
        }

        IllegalArgumentException unsupported(String what) {
            return new IllegalArgumentException(
                    reader.file.getClassName() + "." + name + " has " + what + ", which is not supported");
        }

        List<AdviceParameter> parameters() {
            List<AdviceParameter> all = new ArrayList<>();
            for (ParameterReader each : parameters) {
                all.add(each.parameter());
            }
            return all;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
            if (!type.equals(ENTRY) && !type.equals(EXIT)) {
                return null;
            }
            annotation = type;
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String key, Object value) {
                    if (type.equals(ENTRY) && key.equals("skipOn")) {
                        skip = skipOn(((Type) value).getInternalName());
                    } else if (type.equals(EXIT) && key.equals("onThrowable")) {
                        caught = ((Type) value).getInternalName();
                    } else {
                        throw unsupported(key);
                    }
                }
            };
        }

        private Skip skipOn(String type) {
            int sort = Type.getReturnType(descriptor).getSort();
            boolean isOneSlot = sort != Type.VOID && sort != Type.LONG && sort != Type.FLOAT && sort != Type.DOUBLE;
            if (isOneSlot && type.equals("net/bytebuddy/asm/Advice$OnDefaultValue")) {
                return Skip.ON_DEFAULT_VALUE;
            } else if (isOneSlot && type.equals("net/bytebuddy/asm/Advice$OnNonDefaultValue")) {
                return Skip.ON_NON_DEFAULT_VALUE;
            }
            throw unsupported("skipOn " + type);
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
            if (!type.startsWith(BYTE_BUDDY) && !reader.annotations.contains(type)) {
                return null;
            }
            ParameterReader read = parameters.get(parameter);
            read.annotation = type;
            return read;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            catches = true;
        }

        @Override
        public void visitEnd() {
            if (annotation == null) {
                return;
            }
            if (catches) {
                throw unsupported("a handler of exceptions");
            }
            if (annotation.equals(EXIT) && !Type.getReturnType(descriptor).equals(Type.VOID_TYPE)) {
                throw unsupported("a result");
            }
            reader.add(this);
        }
    }

    /** Reads the annotation of one parameter. */
    private static final class ParameterReader extends AnnotationVisitor {
        private final MethodReader method;
        private final Type type;
        private String annotation = "no annotation";
        private int index;
        private boolean isOptional;
        private boolean isWritable;

        ParameterReader(MethodReader method, Type type) {
            super(Opcodes.ASM9);
            this.method = method;
            this.type = type;
        }

        @Override
        public void visit(String key, Object value) {
            if (annotation.equals(AdviceParameter.ARGUMENT) && key.equals("value")) {
                index = (Integer) value;
            } else if (annotation.equals(AdviceParameter.THIS) && key.equals("optional")) {
                isOptional = (Boolean) value;
            } else if (annotation.equals(AdviceParameter.RETURN) && key.equals("readOnly")) {
                isWritable = !(Boolean) value;
            } else {
                throw method.unsupported(key + " of " + annotation);
            }
        }

        @Override
        public void visitEnum(String key, String enumType, String value) {
            throw method.unsupported(key + " of " + annotation);
        }

        AdviceParameter parameter() {
            return new AdviceParameter(annotation, type, index, isOptional, isWritable);
        }
    }
}
