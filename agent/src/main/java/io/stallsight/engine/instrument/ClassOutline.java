package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.entry.MethodPattern;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** The methods that a class file declares with a body. */
final class ClassOutline {

    private record Declared(String name, String descriptor) {}

    private final List<Declared> methods = new ArrayList<>();

    private ClassOutline() {}

    static ClassOutline of(byte[] classFile) {
        return of(classFile, Moved.NOWHERE);
    }

    /** @param moved of a copy: the descriptors are those of the original */
    static ClassOutline of(byte[] classFile, Moved moved) {
        ClassOutline outline = new ClassOutline();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
                                    outline.methods.add(new Declared(name, moved.original(descriptor)));
                                }
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return outline;
    }

    boolean declaresAll(List<MethodPattern> patterns) {
        for (MethodPattern pattern : patterns) {
            if (!hasBody(pattern)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a declared method with a body fits the pattern. */
    boolean hasBody(MethodPattern pattern) {
        for (Declared method : methods) {
            if (pattern.matches(method.name, method.descriptor)) {
                return true;
            }
        }
        return false;
    }

    /** Name and descriptor of each declared method with a body that fits the pattern. */
    List<String> methodsWithBody(MethodPattern pattern) {
        List<String> found = new ArrayList<>();
        for (Declared method : methods) {
            if (pattern.matches(method.name, method.descriptor)) {
                found.add(method.name + method.descriptor);
            }
        }
        return found;
    }
}
