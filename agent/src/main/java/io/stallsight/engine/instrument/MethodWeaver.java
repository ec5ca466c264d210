package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.inline.AdviceInliner;
import io.stallsight.engine.inline.WovenMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the advice of points into the methods of one class. Everything is known from the class file: types are named
 * and never resolved, as that would run the application's loaders inside a class load.
 */
final class MethodWeaver {

    /** A class after the weaving. */
    static final class Woven {

        /** Null if no method was woven. */
        final byte @Nullable [] classFile;

        /** The points of which a method was found. */
        final Set<Point> points;

        private Woven(byte @Nullable [] classFile, Set<Point> points) {
            this.classFile = classFile;
            this.points = points;
        }
    }

    private final AdviceSet advice = new AdviceSet();

    /** @param points of the class; of two that fit one method and are of one group, the first is woven */
    Woven weave(String name, byte[] classFile, List<Point> points) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0); // copies the methods that no visitor sees
        Methods methods = new Methods(writer, points, Moved.of(name, points));
        reader.accept(methods, ClassReader.EXPAND_FRAMES);
        return new Woven(methods.found.isEmpty() ? null : writer.toByteArray(), methods.found);
    }

    /** Weaves each method as it is visited. */
    private final class Methods extends ClassVisitor {
        private final List<Point> points;
        private final Moved moved;
        private final Set<Point> found = new HashSet<>();
        private final Map<String, String> fields = new HashMap<>();
        private String owner = "";
        private int version;

        /** @param moved of a copy: points name the methods of the original */
        Methods(ClassVisitor next, List<Point> points, Moved moved) {
            super(Opcodes.ASM9, next);
            this.points = points;
            this.moved = moved;
        }

        @Override
        public void visit(
                int classVersion,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            version = classVersion;
            owner = name;
            super.visit(classVersion, access, name, signature, superName, interfaces);
        }

        /** All fields are visited before the first method. */
        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            fields.putIfAbsent(name, descriptor);
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
            if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                return visitor;
            }
            Map<Point.Type, Point> chosen = choose(name, moved.original(descriptor));
            if (!isBridge(access, name) && !chosen.isEmpty()) {
                WovenMethod method = new WovenMethod(owner, access, name, descriptor);
                for (Point point : chosen.values()) {
                    PointArguments arguments = new PointArguments(point, fields);
                    visitor = AdviceInliner.of(visitor, method, advice.of(point.type()), arguments, version);
                }
            }
            return visitor;
        }

        /**
         * Whether a compiler made the method to call another one, which gets the hook. The body of a lambda is private.
         */
        private static boolean isBridge(int access, String name) {
            boolean isVirtual = (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !name.equals("<init>");
            return isVirtual && (access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC)) != 0;
        }

        /** The first point of each group that the method fits. The advice of the lowest type is the outermost. */
        private Map<Point.Type, Point> choose(String name, String descriptor) {
            Map<Point.Type, Point> chosen = new TreeMap<>();
            Set<Integer> groups = new HashSet<>();
            for (Point point : points) {
                if (point.method().matches(name, descriptor)) {
                    found.add(point);
                    if (groups.add(point.type().group())) {
                        chosen.put(point.type(), point);
                    }
                }
            }
            return chosen;
        }
    }
}
