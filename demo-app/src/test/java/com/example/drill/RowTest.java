package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Phase WRONG = phase(0, 2);
    private static final Phase RIGHT = phase(3, 5);
    private static final Mode SLEEP = Mode.all().get(0);
    private static final String ELSEWHERE = "com.example.shop.mode.SleepMode.right(SleepMode.java:1)";

    @Test
    void of_callAtTheMarkedLine_isFlagged() throws Exception {
        Row row = row(call(1, markedSite()));

        assertThat(row.headline()).isPresent();
        assertThat(row.isGood()).isTrue();
    }

    @Test
    void of_callAtTheMarkedLineThatIsReportedLate_leavesTheTwinClean() throws Exception {
        Row row = row(call(3, markedSite()));

        assertThat(row.isSeen()).isTrue();
        assertThat(row.isTwinClean()).isTrue();
    }

    @Test
    void of_callAtAnotherLine_isNotExpected() {
        Row row = row(call(1, ELSEWHERE));

        assertThat(row.isSeen()).isFalse();
        assertThat(row.stray()).hasSize(1);
        assertThat(row.isGood()).isFalse();
    }

    @Test
    void of_callWhileTheTwinRan_isUnclean() throws Exception {
        Row row = row(call(1, markedSite()), call(4, ELSEWHERE));

        assertThat(row.isTwinClean()).isFalse();
        assertThat(row.isGood()).isFalse();
    }

    @Test
    void of_wrongStatus_isNotGood() throws Exception {
        Phase failed = new Phase(RIGHT.start(), RIGHT.end(), Map.of(200, 7L, 404, 1L), Duration.ZERO);
        Row row = Row.of(SLEEP, WRONG, failed, List.of(call(1, markedSite())), new Marks());

        assertThat(row.wrongStatuses()).containsExactly(404);
        assertThat(row.isGood()).isFalse();
    }

    @Test
    void of_stallOfTheExpectedCause_isFlagged() {
        Row row = Row.of(mode("gc-pause"), WRONG, RIGHT, List.of(stall(1, "GC_PAUSE", "")), new Marks());

        assertThat(row.isSeen()).isTrue();
        assertThat(row.isGood()).isTrue();
    }

    @Test
    void of_stallThatBlamesCodeForTheCollector_isNotExpected() {
        Row row = Row.of(mode("gc-pause"), WRONG, RIGHT, List.of(stall(1, "GC_PAUSE", ELSEWHERE)), new Marks());

        assertThat(row.isSeen()).isFalse();
    }

    @Test
    void of_stallOfAnotherCause_isNotExpected() {
        Row row = Row.of(mode("cpu-thumbnail"), WRONG, RIGHT, List.of(stall(1, "LOCK", ELSEWHERE)), new Marks());

        assertThat(row.isSeen()).isFalse();
    }

    @Test
    void of_sameStallWhileTheTwinRan_isUnclean() {
        String site = "com.example.shop.image.Thumbnailer.thumbnail(Thumbnailer.java:1)";
        Row row = Row.of(
                mode("cpu-thumbnail"),
                WRONG,
                RIGHT,
                List.of(stall(1, "CPU", site), stall(4, "CPU", site)),
                new Marks());

        assertThat(row.isSeen()).isTrue();
        assertThat(row.isTwinClean()).isFalse();
    }

    @Test
    void of_dryConnectionPool_isFlaggedOnlyAtTheLineOfItsHolder() throws Exception {
        String site = markedSite("ConnectionsLeakMode");
        Mode leak = mode("connections-leak");

        assertThat(row(leak, dry(1, "NOT_RETURNED", site)).isSeen()).isTrue();
        assertThat(row(leak, dry(1, "NOT_RETURNED", ELSEWHERE)).isSeen()).isFalse();
        assertThat(row(leak, dry(1, "OWN_TASKS", site)).isSeen()).isFalse();
    }

    @Test
    void of_dryConnectionPoolWhileTheTwinRan_isUnclean_whateverItsObstacle() throws Exception {
        String site = markedSite("ConnectionsLeakMode");
        Row row = row(mode("connections-leak"), dry(1, "NOT_RETURNED", site), dry(4, "WAITING", ELSEWHERE));

        assertThat(row.isSeen()).isTrue();
        assertThat(row.isTwinClean()).isFalse();
    }

    private static Finding dry(int second, String obstacle, String site) {
        return new Finding(
                Finding.Type.POOL_EXHAUSTED,
                START.plusSeconds(second),
                Duration.ofSeconds(2),
                "?",
                "CONNECTIONS " + obstacle,
                "pool full: stock-leaking",
                site,
                "");
    }

    private static Row row(Mode mode, Finding... calls) {
        return Row.of(mode, WRONG, RIGHT, List.of(calls), new Marks());
    }

    private static Mode mode(String name) {
        return Mode.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Finding stall(int second, String cause, String site) {
        return new Finding(
                Finding.Type.STALL,
                START.plusSeconds(second),
                Duration.ofMillis(100),
                "reactor-http-epoll-1",
                cause,
                "stall: " + cause,
                site,
                "");
    }

    private static Row row(Finding... calls) {
        return Row.of(SLEEP, WRONG, RIGHT, List.of(calls), new Marks());
    }

    private static Phase phase(int from, int to) {
        return new Phase(START.plusSeconds(from), START.plusSeconds(to), Map.of(200, 8L), Duration.ofMillis(3));
    }

    private static Finding call(int second, String site) {
        return new Finding(
                Finding.Type.BLOCKING_CALL,
                START.plusSeconds(second),
                Duration.ofMillis(100),
                "reactor-http-epoll-1",
                "",
                "Thread.sleep",
                site,
                "");
    }

    private static String markedSite() throws Exception {
        return markedSite("SleepMode");
    }

    private static String markedSite(String mode) throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/main/java/com/example/shop/mode/" + mode + ".java"));
        int line = 1
                + IntStream.range(0, lines.size())
                        .filter(index -> lines.get(index).contains("// blocks here: "))
                        .findFirst()
                        .orElseThrow();
        return "com.example.shop.mode." + mode + ".method(" + mode + ".java:" + line + ")";
    }
}
