package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopGroupTest {

    @ParameterizedTest
    @CsvSource({
        "reactor-http-epoll-2, reactor-http-epoll-#",
        "reactor-http-epoll-12, reactor-http-epoll-#",
        "nioEventLoopGroup-3-17, nioEventLoopGroup-#-#",
        "vert.x-eventloop-thread-0, vert.x-eventloop-thread-#",
        "XNIO-1 I/O-2, XNIO-# I/O-#",
        "main, main",
        "42, #",
        "'', ''",
        "Schleife-٣, Schleife-٣"
    })
    void of_foldsRunsOfDigits(String thread, String group) {
        assertThat(LoopGroup.of(thread)).isEqualTo(group);
    }
}
