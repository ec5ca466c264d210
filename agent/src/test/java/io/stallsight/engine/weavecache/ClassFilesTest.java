package io.stallsight.engine.weavecache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.testing.MemoryCompiler;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Class files of one class, as the JVM makes them anew with the methods in different orders. */
class ClassFilesTest {

    private static final byte[] FILE = MemoryCompiler.compile("""
            package app;
            class Two {
                long field;
                double other;
                void first() { System.out.println(3L); }
                void other() { System.out.println(2L); }
            }
            """).get("app.Two");

    /** The file with method {@code from} also in the place of method {@code to}, which is as long. */
    private static byte[] copied(byte[] file, int from, int to) throws IOException {
        int[] bounds = ClassFiles.methods(FILE);
        byte[] copy = file.clone();
        System.arraycopy(FILE, bounds[from], copy, bounds[to], bounds[from + 1] - bounds[from]);
        return copy;
    }

    private static byte[] swapped() throws IOException {
        return copied(copied(FILE, 1, 2), 2, 1);
    }

    @Test
    void areEqual_withEqualBytes_isTrue() {
        assertThat(ClassFiles.areEqual(FILE, FILE.clone())).isTrue();
    }

    @Test
    void areEqual_withMethodsInAnotherOrder_isTrue() throws IOException {
        assertThat(swapped()).isNotEqualTo(FILE);
        assertThat(ClassFiles.areEqual(FILE, swapped())).isTrue();
        assertThat(ClassFiles.areEqual(swapped(), FILE)).isTrue();
    }

    @Test
    void areEqual_withOneByteChanged_isFalseWhereverItIs() throws IOException {
        byte[] changed = swapped();
        for (int i = 0; i < changed.length; i++) {
            changed[i]++;
            assertThat(ClassFiles.areEqual(FILE, changed)).as("byte %d", i).isFalse();
            assertThat(ClassFiles.areEqual(changed, FILE)).as("byte %d", i).isFalse();
            changed[i]--;
        }
    }

    @Test
    void areEqual_withOneMethodTwice_isFalse() throws IOException {
        byte[] twice = copied(FILE, 1, 2);

        assertThat(ClassFiles.areEqual(FILE, twice)).isFalse();
        assertThat(ClassFiles.areEqual(twice, FILE)).isFalse();
    }
}
