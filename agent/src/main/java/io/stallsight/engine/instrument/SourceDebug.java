package io.stallsight.engine.instrument;

import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads the attribute {@code SourceDebugExtension} of a class file. Kotlin's classes with inlined code have it. */
final class SourceDebug {

    /** Nearly all classes are without the name of the attribute. */
    private final ClassFilter named = new ClassFilter(Set.of("SourceDebugExtension"), Set.of());

    /** The text of the attribute; null if the class has none. */
    @Nullable
    String of(byte[] classFile) {
        return named.accepts(classFile) ? read(classFile) : null;
    }

    @Nullable
    String read(byte[] classFile) {
        Visitor visitor = new Visitor();
        new ClassReader(classFile).accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return visitor.extension;
    }

    private static final class Visitor extends ClassVisitor {

        private @Nullable String extension;

        Visitor() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitSource(@Nullable String source, @Nullable String debug) {
            extension = debug;
        }
    }
}
