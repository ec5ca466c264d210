package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import io.stallsight.testing.MemoryLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The weaver makes of each class what Byte Buddy makes of it. The class files are compared after both have gone through
 * the same reader and writer: the order of the constant pool and the compression of frames do not matter. Byte Buddy
 * reserves a few local variables more than it uses, so their number is checked on its own.
 */
class LikeByteBuddyTest {

    private static final Point.Type[] TYPES = Point.Type.values();

    private final ByteBuddyWeaver oracle = new ByteBuddyWeaver();
    private final MethodWeaver weaver = new MethodWeaver();
    private int compared;
    private int refused;

    @Test
    void eachClassOfTheCatalog_thatIsHere() throws IOException {
        Catalog catalog = TestCatalogs.builtIn(Runtime.version().feature());
        Set<String> owners = new TreeSet<>();
        for (Point point : catalog.points()) {
            owners.add(point.owner());
        }
        for (String owner : owners) {
            String file = owner.replace('.', '/') + ".class";
            try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
                if (in != null) {
                    compare(in.readAllBytes(), catalog.pointsOf(owner));
                }
            }
        }
        assertThat(compared).as("classes").isGreaterThan(80);
        assertThat(refused).isZero();
    }

    /** By up to three advices at once, in turn: each advice meets methods of all kinds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/modules/java.base/java/util/concurrent",
                "/modules/java.base/sun/nio/ch",
                "/modules/java.base/java/lang/invoke"
            })
    void eachMethodOfAPackage_withSomeAdvice(String folder) throws IOException {
        Path path = FileSystems.getFileSystem(URI.create("jrt:/")).getPath(folder);
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.filter(each -> each.toString().endsWith(".class")).toList();
        }
        int turn = 0;
        for (int i = 0; i < files.size(); i += 5) {
            byte[] file = Files.readAllBytes(files.get(i));
            for (String method : methods(file)) {
                List<Point> points = new ArrayList<>();
                for (int k = 0; k <= turn % 3; k++) {
                    points.add(point(file, method, TYPES[(7 * turn + 5 * k) % TYPES.length], turn));
                }
                compare(file, points);
                turn++;
            }
        }
        assertThat(compared).isGreaterThan(80);
    }

    @ParameterizedTest
    @EnumSource(HardShapes.class)
    void aHardShape_withEachAdvice_andTheVerifierTakesIt(HardShapes shape) {
        byte[] file = shape.classFile();
        for (int i = 0; i < TYPES.length; i++) {
            for (String method : methods(file)) {
                List<Point> points = List.of(
                        point(file, method, TYPES[i], 1000 * i), point(file, method, TYPES[(i + 1) % TYPES.length], i));
                byte[] woven = compare(file, points);
                if (woven != null) {
                    verify(woven);
                }
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void aMethodThatBecomesTooLarge_isRefusedByBoth() {
        byte[] file = HardShapes.methodOfSize(65_500);

        assertThat(compare(file, List.of(point(file, "f", Point.Type.BLOCKING, 1))))
                .isNull();
        assertThat(refused).isEqualTo(1);
    }

    /** Returns the woven class; null if both refuse the advice. */
    private byte @Nullable [] compare(byte[] file, List<Point> points) {
        String name = nameOf(file);
        MethodWeaver.@Nullable Woven ours = null;
        RuntimeException refusal = null;
        try {
            ours = weaver.weave(name, file, points);
        } catch (RuntimeException e) {
            refusal = e;
        }
        ByteBuddyWeaver.Woven expected;
        try {
            expected = oracle.weave(name, file, points);
        } catch (RuntimeException e) {
            refused++; // Byte Buddy also refuses what it could do only with types that it cannot find
            return ours == null ? null : ours.classFile;
        }
        assertThat(refusal).as(name + " " + points).isNull();
        assertThat(ours.points).isEqualTo(expected.points);
        if (expected.classFile == null || ours.classFile == null) {
            assertThat(ours.classFile).isEqualTo(expected.classFile);
            return null;
        }
        compared++;
        boolean isEqual = Arrays.equals(rewritten(ours.classFile), rewritten(expected.classFile));
        assertThat(isEqual).as(name + " " + points).isTrue();
        Map<String, Integer> reserved = sizes(ours.classFile);
        sizes(rewritten(ours.classFile))
                .forEach((method, needed) ->
                        assertThat(reserved.get(method)).as(name + " " + method).isGreaterThanOrEqualTo(needed));
        return ours.classFile;
    }

    private static byte[] rewritten(byte[] file) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(file).accept(writer, ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** How large operand stack and local variables of each method are. */
    private static Map<String, Integer> sizes(byte[] file) {
        Map<String, Integer> all = new HashMap<>();
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMaxs(int stack, int locals) {
                                        all.put("stack of " + name + descriptor, stack);
                                        all.put("variables of " + name + descriptor, locals);
                                    }
                                };
                            }
                        },
                        0);
        return all;
    }

    private static void verify(byte[] woven) {
        String name = nameOf(woven);
        try {
            Class.forName(name, true, new MemoryLoader(Map.of(name, woven)));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Point point(byte[] file, String method, Point.Type type, int turn) {
        Operands operands = new Operands(turn % 4 - 2, null);
        return new Point(
                turn,
                "",
                type,
                Target.of(nameOf(file), MethodPattern.named(method)),
                Label.of(""),
                operands,
                Conditions.NONE);
    }

    private static String nameOf(byte[] file) {
        return new ClassReader(file).getClassName().replace('/', '.');
    }

    private static Set<String> methods(byte[] file) {
        Set<String> names = new TreeSet<>();
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                if (!name.equals("<clinit>")) {
                                    names.add(name);
                                }
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE);
        return names;
    }
}
