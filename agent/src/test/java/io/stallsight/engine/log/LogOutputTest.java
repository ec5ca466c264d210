package io.stallsight.engine.log;

import static io.stallsight.testing.Calls.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.finding.Findings;
import io.stallsight.testing.Calls;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports and their limits in a JVM without SLF4J, where they go to stderr. */
class LogOutputTest {

    private static final long MINUTE = 60_000_000_000L;

    private final PrintStream originalErr = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private LogOutput log;
    private Findings findings;

    @BeforeEach
    void start() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        begin();
    }

    private void begin() {
        log = new LogOutput(in -> {}, null);
        findings = new Findings(List.of(log));
        log.start();
    }

    @AfterEach
    void restore() throws InterruptedException {
        log.stop();
        System.setErr(originalErr);
    }

    private String written() throws InterruptedException {
        log.stop();
        return err.toString(StandardCharsets.UTF_8);
    }

    private static int blocks(String text) {
        return text.split("\\[stallsight] SLEEP: ", -1).length - 1;
    }

    @Test
    void finding_isWrittenWithThePrefixOfTheAgent() throws InterruptedException {
        Calls.report(findings, sleep("com.acme.Orders.find(Orders.java:57)", 5_000_000));
        assertThat(written())
                .startsWith("[stallsight] SLEEP: Thread.sleep blocked reactor-http-epoll-2 for 5.0 ms"
                        + System.lineSeparator().charAt(System.lineSeparator().length() - 1)
                        + "    at       com.acme.Orders.find(Orders.java:57)");
    }

    @Test
    void repeatedFinding_isWrittenOncePerMinute() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            Calls.report(findings, sleep("com.acme.Orders.find", 5_000_000));
        }
        assertThat(blocks(written())).isEqualTo(1);
    }

    @Test
    void findings_areWrittenAtMostSixtyTimesPerMinute() throws InterruptedException {
        long minute;
        do { // repeat until all findings came within one minute of the clock
            written();
            err.reset();
            begin();
            minute = System.nanoTime() / MINUTE;
            for (int i = 0; i < 100; i++) {
                Calls.report(findings, sleep("com.acme.Orders.m" + i, 5_000_000));
            }
        } while (System.nanoTime() / MINUTE != minute);
        assertThat(blocks(written())).isEqualTo(60);
    }

    @Test
    void messagesOfTheAgent_areWrittenInOrder() throws InterruptedException {
        log.info("first");
        log.warn("second");
        assertThat(written().lines()).containsExactly("[stallsight] first", "[stallsight] second");
    }

    @Test
    void rehearse_writesNothing() throws InterruptedException {
        findings.rehearse(sleep("com.acme.Orders.find", 1));
        assertThat(written()).isEmpty();
    }

    @Test
    void stop_endsTheThread() throws InterruptedException {
        log.stop();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("stallsight-log"));
    }
}
