package io.stallsight.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "main, main",
        "loop-*, loop-1",
        "loop-*, loop-",
        "*-epoll-*, reactor-http-epoll-2",
        "*, anything at all",
        "*, ''",
        "'', ''",
        "loop-?, loop-7",
        "a*b*c, a-b-b-c",
        "*a*a*b, aaaaaaaab",
        "loop-**, loop-12",
        "worker (*) [?], worker (io) [3]"
    })
    void matches_wholeNameThatFits_isTrue(String pattern, String name) {
        assertThat(new Glob(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "main, main-1",
        "main, xmain",
        "main, Main",
        "loop-?, loop-",
        "loop-?, loop-12",
        "*-epoll, reactor-epoll-2",
        "a*b*c, a-c-b",
        "'', x",
        "loop.1, loop-1"
    })
    void matches_nameThatFitsInPartOnly_isFalse(String pattern, String name) {
        assertThat(new Glob(pattern).matches(name)).isFalse();
    }
}
