package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Phase PHASE =
            new Phase(Instant.EPOCH, Instant.EPOCH.plusSeconds(2), Map.of(200, 8L), Duration.ofMillis(1234));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Table table =
            new Table(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Style(false, false), true);

    @Test
    void everyRow_fitsATerminalAndIsAscii() {
        table.header();
        Mode.all().forEach(mode -> table.row(new Row(mode, PHASE, PHASE, List.of(call()), List.of(), List.of())));
        table.footer();

        assertThat(text().lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(120).matches("\\p{ASCII}*"));
    }

    @Test
    void row_uncleanTwin_namesTheFlaggedCalls() {
        table.row(new Row(Mode.all().get(0), PHASE, PHASE, List.of(), List.of(), List.of(call(), call())));

        assertThat(text())
                .contains("NOT FLAGGED")
                .contains(
                        "twin: 2 x PreparedStatement.executeQuery at com.example.Legacy.find(Legacy.java:7), at most 100 ms");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Finding call() {
        return new Finding(
                Finding.Type.BLOCKING_CALL,
                Instant.EPOCH,
                Duration.ofMillis(100),
                "reactor-http-epoll-1",
                "",
                "PreparedStatement.executeQuery",
                "com.example.Legacy.find(Legacy.java:7)",
                "");
    }
}
