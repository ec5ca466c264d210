package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    @TempDir
    private Path directory;

    @Test
    void firstReport_isTheLineAndTheIndentedLinesBelow() throws Exception {
        ServiceLog log = log("""
                2026-01-01 INFO [main] shop : started
                2026-01-01 WARN [log] stallsight : SLEEP: Thread.sleep blocked loop-1 for 50 ms
                    at       com.example.Shop.find(Shop.java:7)
                    finding  45bfc303cd, the first time
                2026-01-01 INFO [main] shop : more
                """);

        assertThat(log.firstReport())
                .containsExactly(
                        "SLEEP: Thread.sleep blocked loop-1 for 50 ms",
                        "    at       com.example.Shop.find(Shop.java:7)",
                        "    finding  45bfc303cd, the first time");
    }

    @Test
    void startMessages_areThoseOfTheAgent() throws Exception {
        ServiceLog log = log("[stallsight] unknown key. The agent stays off.\n[0.5s][info] Started recording 1.\n");

        assertThat(log.startMessages()).containsExactly("[stallsight] unknown key. The agent stays off.");
        assertThat(log.firstReport()).isEmpty();
    }

    private ServiceLog log(String text) throws Exception {
        return ServiceLog.read(Files.writeString(directory.resolve("service.log"), text));
    }
}
