package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {

    @Test
    void clip_countsVisibleCharacters() {
        assertThat(Screen.clip("abcdef", 4)).isEqualTo("abcd");
        assertThat(Screen.clip("abc", 4)).isEqualTo("abc");
        assertThat(Screen.clip("", 4)).isEmpty();
    }

    @Test
    void clip_ofColouredText_keepsTheEndOfTheColour() {
        assertThat(Screen.clip("\u001b[31mabcdef\u001b[0m", 4)).isEqualTo("\u001b[31mabcd\u001b[0m");
        assertThat(Screen.clip("ab\u001b[1mcd\u001b[0mef", 3)).isEqualTo("ab\u001b[1mc\u001b[0m");
    }
}
