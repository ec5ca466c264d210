package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.testing.MemoryCompiler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassOutlineTest {

    private final ClassOutline outline =
            ClassOutline.of(MemoryCompiler.compile("""
                    package app;
                    abstract class Driver {
                        int read() { return 0; }
                        int read(byte[] bytes, int from) { return 0; }
                        static void close() {}
                        abstract void flush();
                        native void sync();
                    }
                    """).get("app.Driver"));

    private List<String> methods(String pattern) {
        return outline.methodsWithBody(MethodPattern.parse(pattern));
    }

    @Test
    void methods_withABody_areFound() {
        assertThat(methods("read")).containsExactly("read()I", "read([BI)I");
        assertThat(methods("read(byte[],int)")).containsExactly("read([BI)I");
        assertThat(methods("close()")).containsExactly("close()V");
        assertThat(methods("<init>")).containsExactly("<init>()V");
    }

    @Test
    void methods_withoutABody_areNot() {
        assertThat(methods("flush")).isEmpty();
        assertThat(methods("sync")).isEmpty();
        assertThat(methods("none")).isEmpty();
    }

    @Test
    void declaresAll_needsEachOfThem() {
        MethodPattern read = MethodPattern.parse("read() -> int");
        MethodPattern close = MethodPattern.parse("close() -> void");
        assertThat(outline.declaresAll(List.of(read, close))).isTrue();
        assertThat(outline.declaresAll(List.of(read, MethodPattern.parse("flush()"))))
                .isFalse();
        assertThat(outline.declaresAll(List.of(MethodPattern.parse("read() -> long"))))
                .isFalse();
    }
}
