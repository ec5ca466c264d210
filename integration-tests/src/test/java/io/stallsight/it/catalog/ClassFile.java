package io.stallsight.it.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The declarations in a class file: methods, names of fields, and the names (with dots) of the superclass and of the
 * interfaces.
 */
record ClassFile(@Nullable String superclass, List<String> interfaces, List<Method> methods, List<String> fields) {

    static ClassFile parse(byte[] bytes) {
        List<String> interfaces = new ArrayList<>();
        List<Method> methods = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        AtomicReference<@Nullable String> superclass = new AtomicReference<>();
        ClassVisitor collector = new ClassVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visit(
                    int version,
                    int access,
                    String name,
                    @Nullable String signature,
                    @Nullable String superName,
                    String @Nullable [] superInterfaces) {
                superclass.set(superName == null ? null : superName.replace('/', '.'));
                for (String superInterface : superInterfaces == null ? new String[0] : superInterfaces) {
                    interfaces.add(superInterface.replace('/', '.'));
                }
            }

            @Override
            public @Nullable FieldVisitor visitField(
                    int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
                fields.add(name);
                return null;
            }

            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                methods.add(new Method(name, descriptor, access));
                return null;
            }
        };
        OpenedClassReader.of(bytes)
                .accept(collector, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassFile(superclass.get(), List.copyOf(interfaces), List.copyOf(methods), List.copyOf(fields));
    }

    /** Returns the methods that match the pattern. */
    List<Method> methods(MethodPattern pattern) {
        return methods.stream().filter(pattern::matches).toList();
    }
}
