package io.stallsight.engine.instrument;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads the attribute {@code SourceDebugExtension} of a class file. Kotlin's classes with inlined code have it. */
final class SourceDebug {

    static final String ATTRIBUTE = "SourceDebugExtension";

    private SourceDebug() {}

    /** The text of the attribute; null if the class has none. */
    static @Nullable String read(byte[] classFile) {
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
