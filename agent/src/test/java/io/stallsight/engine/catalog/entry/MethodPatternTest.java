package io.stallsight.engine.catalog.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodPatternTest {

    private static boolean matches(String pattern, String name, String descriptor) {
        return MethodPattern.parse(pattern).matches(name, descriptor);
    }

    @Test
    void name_alone_isEveryOverload() {
        assertThat(matches("read", "read", "()I")).isTrue();
        assertThat(matches("read", "read", "([BII)I")).isTrue();
        assertThat(matches("read", "reads", "()I")).isFalse();
        assertThat(matches("read", "rea", "()I")).isFalse();
    }

    @Test
    void parameters_thatAreGiven_areTheWholeList() {
        assertThat(matches("read(byte[],int,int)", "read", "([BII)I")).isTrue();
        assertThat(matches("read(byte[],int,int)", "read", "([BIII)I")).isFalse();
        assertThat(matches("read(byte[],int,int)", "read", "([B)I")).isFalse();
        assertThat(matches("read()", "read", "()I")).isTrue();
        assertThat(matches("read()", "read", "(I)I")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f(boolean,byte,char,short) | (ZBCS)V",
                "f(int, long ,float,double) | (IJFD)V",
                "f(java.lang.Object) | (Ljava/lang/Object;)V",
                "f(java.util.Map$Entry) | (Ljava/util/Map$Entry;)V",
                "f(java.lang.String[],int[][]) | ([Ljava/lang/String;[[I)V",
                "f( ) | ()V"
            })
    void types_inSourceForm_areThoseOfTheDescriptor(String pattern, String descriptor) {
        assertThat(matches(pattern, "f", descriptor)).isTrue();
    }

    @Test
    void returnType_thatIsGiven_isCompared() {
        String pattern = "executeQuery() -> java.sql.ResultSet";
        assertThat(matches(pattern, "executeQuery", "()Ljava/sql/ResultSet;")).isTrue();
        assertThat(matches(pattern, "executeQuery", "()Ljava/lang/Object;")).isFalse();
        assertThat(matches("next -> boolean", "next", "(I)Z")).isTrue();
        assertThat(matches("next -> boolean", "next", "()Ljava/lang/Object;")).isFalse();
        assertThat(matches("close() -> void", "close", "()V")).isTrue();
        assertThat(matches("rows() -> long[]", "rows", "()[J")).isTrue();
        assertThat(matches("rows() -> long[]", "rows", "()J")).isFalse();
    }

    @Test
    void constructor_isWrittenAsInClassFiles() {
        assertThat(matches("<init>(java.io.File)", "<init>", "(Ljava/io/File;)V"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(int)", "read(int", "read)int("})
    void parse_ofSomethingElse_isRefusedWithItsText(String text) {
        assertThatThrownBy(() -> MethodPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a method: " + text);
    }
}
