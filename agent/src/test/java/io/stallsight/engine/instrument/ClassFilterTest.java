package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.testing.MemoryCompiler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassFilterTest {

    /** Has every tag that javac emits: numbers of two entries, method handles, invokedynamic. */
    private static final byte[] FILE = MemoryCompiler.compile("""
                    package app;
                    class Sample {
                        static final long L = 123456789012L;
                        static final double D = 1.5;
                        static final float F = 2.5f;
                        static final int I = 123456789;
                        String f(Object o) {
                            Runnable r = () -> System.out.println(L + D);
                            r.run();
                            Runtime.getRuntime().gc();
                            return "x" + o + java.sql.Types.class;
                        }
                    }
                    """).get("app.Sample");

    private static boolean acceptsWord(String... words) {
        return new ClassFilter(List.of(words), List.of()).accepts(FILE);
    }

    private static boolean acceptsPart(String... parts) {
        return new ClassFilter(List.of(), List.of(parts)).accepts(FILE);
    }

    @Test
    void word_thatIsAConstant_isAccepted() {
        assertThat(acceptsWord("gc")).isTrue();
        assertThat(acceptsWord("sleep", "gc")).isTrue();
        assertThat(acceptsWord("java/lang/Runtime")).isTrue();
    }

    @Test
    void word_thatIsPartOfAConstant_isNotAccepted() {
        assertThat(acceptsWord("java/lang/Runtim")).isFalse();
        assertThat(acceptsWord("g")).isFalse();
        assertThat(acceptsWord("sleep", "wait")).isFalse();
    }

    @Test
    void part_ofAConstant_isAccepted() {
        assertThat(acceptsPart("java/sql/")).isTrue();
        assertThat(acceptsPart("java/sql/Types")).isTrue();
        assertThat(acceptsPart("javax/sql/")).isFalse();
    }

    @Test
    void method_isAcceptedByNameAndDescriptor() {
        assertThat(acceptsMethod("gc", "()V")).isTrue();
        assertThat(acceptsMethod("gc", "()J")).as("another method").isFalse();
        assertThat(acceptsMethod("run", "(J)V"))
                .as("both are there, of two methods")
                .isFalse();
    }

    private static boolean acceptsMethod(String name, String descriptor) {
        return new ClassFilter(List.of(), List.of(), List.of(new ClassFilter.Method(name, descriptor))).accepts(FILE);
    }

    @Test
    void noString_acceptsNothing() {
        assertThat(acceptsWord()).isFalse();
    }

    @Test
    void severalParts_areAlternatives() {
        assertThat(acceptsPart("javax/sql/", "java/sql/")).isTrue();
        assertThat(acceptsPart("javax/sql/", "java/sql/Date")).isFalse();
    }

    /** It could not be woven, and each class of a JDK that is newer than the agent would be an error. */
    @Test
    void classFile_thatAsmCannotRead_isNotAccepted() {
        byte[] newer = FILE.clone();
        newer[7] = (byte) 200;
        assertThat(new ClassFilter(List.of("gc"), List.of()).accepts(newer)).isFalse();
        byte[] unknownConstant = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61, 0, 2, 77, 0, 0};
        assertThat(new ClassFilter(List.of("gc"), List.of()).accepts(unknownConstant))
                .isFalse();
    }
}
