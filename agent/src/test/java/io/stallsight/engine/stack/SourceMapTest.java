package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The text is that of kotlinc 2.2 for a class whose methods call {@code timed} and {@code listOf(1, 2, 3).map}. */
class SourceMapTest {

    private static final String TEXT = """
            SMAP
            Shop.kt
            Kotlin
            *S Kotlin
            *F
            + 1 Shop.kt
            com/shop/Orders
            + 2 Util.kt
            com/shop/UtilKt
            *L
            1#1,43:1
            6#2,5:44
            14#2:57
            *S KotlinDebug
            *F
            + 1 Shop.kt
            com/shop/Orders
            *L
            11#1:44,5
            23#1:57
            15#1,3:60,2
            *E
            """;

    private final InlinedLines lines = new InlinedLines();

    SourceMapTest() {
        lines.loading("com.shop.Orders", TEXT);
    }

    private int line(String className, int number) {
        StackTraceElement frame = new StackTraceElement("app", "shop", "1", className, "find", "Shop.kt", number);
        StackTraceElement inFile = lines.inFiles(List.of(frame)).get(0);
        assertThat(inFile.getModuleName()).isEqualTo("shop");
        assertThat(inFile.getMethodName()).isEqualTo("find");
        return inFile.getLineNumber();
    }

    @Test
    void lineBeyondTheFile_isTheLineOfTheCall() {
        assertThat(line("com.shop.Orders", 44)).isEqualTo(11);
        assertThat(line("com.shop.Orders", 48)).isEqualTo(11);
        assertThat(line("com.shop.Orders", 57)).isEqualTo(23);
        assertThat(line("com.shop.Orders", 61)).isEqualTo(15);
        assertThat(line("com.shop.Orders", 65)).isEqualTo(17);
    }

    @Test
    void anyOtherLine_stays() {
        assertThat(line("com.shop.Orders", 11)).isEqualTo(11);
        assertThat(line("com.shop.Orders", 49)).isEqualTo(49);
        assertThat(line("com.shop.Orders", 66)).isEqualTo(66);
        assertThat(line("com.shop.Other", 44)).isEqualTo(44);
        assertThat(line("com.shop.Orders", -1)).isEqualTo(-1);
    }

    @Test
    void anotherFormat_isIgnored() {
        assertThat(SourceMap.parse("SMAP\nA.jsp\nJSP\n*S JSP\n*F\n+ 0 A.jsp\n*L\n1:2\n*E\n"))
                .isNull();
        assertThat(SourceMap.parse("*S KotlinDebug\n*L\nx#y:z\n\n1#1:\n99999999999#1:1"))
                .isNull();
        assertThat(SourceMap.parse("")).isNull();
    }
}
