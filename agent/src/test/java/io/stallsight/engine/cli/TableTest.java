package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void lines_ofTwoColumns_alignTheSecondToTheRight() {
        Table table = new Table("LOOP", ">LAG");
        table.row("nio-1", "9.4 ms");
        table.row("parallel-12", "-");

        assertThat(table.lines()).containsExactly("LOOP            LAG", "nio-1        9.4 ms", "parallel-12       -");
    }

    @Test
    void lines_withAnEmptyLastCell_endWithoutBlanks() {
        Table table = new Table("A", "B");
        table.row("x", "");

        assertThat(table.lines()).containsExactly("A  B", "x");
    }

    @Test
    void isEmpty_withoutRows_isTrue() {
        assertThat(new Table("A").isEmpty()).isTrue();
    }
}
