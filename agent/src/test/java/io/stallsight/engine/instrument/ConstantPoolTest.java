package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.instrument.ConstantPool.Utf8;
import io.stallsight.testing.MemoryCompiler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConstantPoolTest {

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

    private static Set<Utf8> words(String... words) {
        return Arrays.stream(words).map(Utf8::new).collect(Collectors.toSet());
    }

    private static boolean mentions(Set<Utf8> words, String part) {
        return new ConstantPool(FILE).mentions(words, part.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void word_thatIsAConstant_isMentioned() {
        assertThat(mentions(words("gc"), "")).isTrue();
        assertThat(mentions(words("sleep", "gc"), "")).isTrue();
        assertThat(mentions(words("java/lang/Runtime"), "")).isTrue();
    }

    @Test
    void word_thatIsPartOfAConstant_isNotMentioned() {
        assertThat(mentions(words("java/lang/Runtim"), "")).isFalse();
        assertThat(mentions(words("g"), "")).isFalse();
        assertThat(mentions(words("sleep", "wait"), "")).isFalse();
    }

    @Test
    void part_ofAConstant_isMentioned() {
        assertThat(mentions(Set.of(), "java/sql/")).isTrue();
        assertThat(mentions(Set.of(), "java/sql/Types")).isTrue();
        assertThat(mentions(Set.of(), "javax/sql/")).isFalse();
    }

    @Test
    void nothing_isNotMentioned() {
        assertThat(mentions(Set.of(), "")).isFalse();
    }

    @Test
    void utf8_isEqualByContent() {
        assertThat(new Utf8("length")).isEqualTo(new Utf8("length")).hasSameHashCodeAs(new Utf8("length"));
        assertThat(new Utf8("setLength1")).isNotEqualTo(new Utf8("setLength2"));
    }

    @Test
    void classFile_ofTheFuture_isTakenForInteresting() {
        byte[] future = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 99, 0, 2, 77, 0, 0};
        assertThat(new ConstantPool(future).mentions(Set.of(), new byte[0])).isTrue();
    }
}
