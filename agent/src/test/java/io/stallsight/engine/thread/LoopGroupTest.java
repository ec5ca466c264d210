package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.MadeUpNameRule;
import io.stallsight.text.Glob;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopGroupTest {

    @ParameterizedTest
    @CsvSource({
        "hz.quizzical_vaughan.partition-operation.thread-1, hz.#.partition-operation.thread-#",
        "hz.quizzical_vaughan.IO.thread-in-0, hz.#.IO.thread-in-#",
        "hz.shop.partition-operation.thread-1, hz.shop.partition-operation.thread-#",
        "hz.quizzical_vaughan, hz.quizzical_vaughan",
        "ahz.quizzical_vaughan.x, ahz.quizzical_vaughan.x"
    })
    void of_foldsWhatALibraryMakesUp(String thread, String group) {
        LoopGroup.foldMadeUp(List.of(new MadeUpNameRule("hz.", new Glob("*_*"), ".")));
        try {
            assertThat(LoopGroup.of(thread)).isEqualTo(group);
        } finally {
            LoopGroup.foldMadeUp(List.of());
        }
    }

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

    @ParameterizedTest
    @CsvSource({
        "worker-550e8400-e29b-41d4-a716-446655440000, worker-#",
        "worker-550E8400-E29B-41D4-A716-446655440000-3, worker-#-#",
        "eeeeeeee-abcd-abcd-abcd-aaaaaaaaaaaa, #",
        "conn-7f3a9c, conn-#",
        "conn7f3a9c, conn#",
        "req_9F3A9C1B/io, req_#/io",
        "task@1b2c6ec2, task@#",
        "span-0af7651916cd43dd8448eb211c80319c, span-#",
        "handle-0x7f3a, handle-#",
        "550e8400-e29b-41d4-a716-44665544000, #-e#b-#d#-a#-#" // one character less than a UUID
    })
    void of_foldsUuidsAndHexadecimalNumbers(String thread, String group) {
        assertThat(LoopGroup.of(thread)).isEqualTo(group);
    }

    @ParameterizedTest
    @CsvSource({
        "feed, feed",
        "facade-worker, facade-worker",
        "deadbeef, deadbeef",
        "cafe12, cafe#",
        "decade2024-1, decade#-#",
        "h2c-1, h#c-#",
        "e2e-loop, e#e-loop",
        "a1, a#",
        "x86-64, x#-#",
        "pool-3-thread-1, pool-#-thread-#",
        "C2 CompilerThread0, C# CompilerThread#"
    })
    void of_leavesWordsAndShortNames(String thread, String group) {
        assertThat(LoopGroup.of(thread)).isEqualTo(group);
    }

    @Test
    void of_randomNames_areFewGroups() {
        Random random = new Random(42);
        Set<String> groups = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            groups.add(LoopGroup.of("worker-" + new UUID(random.nextLong(), random.nextLong())));
            groups.add(LoopGroup.of("conn-" + String.format("%08x", random.nextInt())));
        }
        assertThat(groups).contains("worker-#", "conn-#").hasSizeLessThan(150);
    }

    @ParameterizedTest
    @CsvSource({
        "sshd-hello-13550-thread-1, sshd-hello-#-thread-1",
        "pool-4711-thread-1, pool-#-thread-1",
        "pool-12-thread-1, pool-12-thread-1",
        "DubboServerHandler-10.0.0.7:20880-thread-1, DubboServerHandler-10.0.0.7:20880-thread-1",
        "http-nio-18080-exec-1, http-nio-18080-exec-1",
        "qtp1768069354-17, qtp#-17"
    })
    void nameOfAPool_keepsNumbersThatPeopleGive(String thread, String pool) {
        assertThat(LoopGroup.withoutIdentifiers(thread)).isEqualTo(pool);
    }
}
