package com.example.shop.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each failure mode fails its test, by the call or the cause and the line that is to blame; each twin passes. */
class LoopIT {

    /** What the failure of a mode says: the call or the cause, and where. */
    private static final Map<String, List<String>> BLAMED = new TreeMap<>(Map.ofEntries(
            Map.entry("sleep", List.of("SLEEP: Thread.sleep", "at com.example.shop.mode.SleepMode.")),
            Map.entry("http-client", List.of("HTTP: RestTemplate.getForObject", "at com.example.shop.mode.HttpClient")),
            Map.entry("jdbc", List.of("JDBC: PreparedStatement.executeQuery", "at com.example.shop.order.JdbcOrders.")),
            Map.entry("hidden-library", List.of("SLEEP: Thread.sleep", "at com.example.fraud.FraudClient.")),
            Map.entry("block-get", List.of("FUTURE: CompletableFuture.get", "at com.example.shop.mode.BlockGetMode.")),
            Map.entry("self-deadlock", List.of("SELF-DEADLOCK: ", "at com.example.shop.mode.SelfDeadlockMode.")),
            Map.entry("lock-synchronized", List.of("MONITOR: synchronized", "at com.example.shop.mode.LockSync")),
            Map.entry("lock-reentrant", List.of("LOCK: ReentrantLock.lock", "at com.example.shop.mode.LockReentr")),
            Map.entry("file-io", List.of("FILE: Files.readAllBytes", "at com.example.shop.mode.FileIoMode.")),
            Map.entry("dns", List.of("DNS: InetAddress.getByName", "at com.example.shop.mode.DnsMode.")),
            Map.entry("process-start", List.of("PROCESS: ProcessBuilder.start", "at com.example.shop.mode.Process")),
            Map.entry(
                    "blocking-log-appender",
                    List.of("HTTP: HttpURLConnection.getInputStream", "at com.example.logship.CollectorAppender.")),
            Map.entry("cpu-thumbnail", List.of("STALL: ", "at com.example.shop.image.Thumbnailer.")),
            Map.entry("many-small-tasks", List.of("cause MANY_SMALL_TASKS", "at com.example.shop.mode.ManySmall")),
            Map.entry(
                    "pool-exhaustion",
                    List.of("POOL EXHAUSTED: all workers of shared-#", "4 of 4 in PoolExhaustionMode.export"))));

    @Test
    void wrongFails_rightPasses() {
        Map<String, String> failed = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(LoopCases.class))
                .execute()
                .allEvents()
                .failed()
                .stream()
                .forEach(event -> failed.put(name(event), message(event)));

        assertThat(failed.keySet()).as("%s", failed).isEqualTo(BLAMED.keySet());
        BLAMED.forEach((mode, blamed) -> assertThat(failed.get(mode))
                .contains("LoopCases.wrong")
                .contains("\"" + mode + "\"")
                .contains(blamed));
    }

    /** The mode, if it is the wrong one. */
    private static String name(Event failed) {
        String parent = failed.getTestDescriptor()
                .getParent()
                .map(container -> container.getDisplayName())
                .orElse("");
        String name = failed.getTestDescriptor().getDisplayName();
        return parent.startsWith("wrong") ? name : parent + " " + name;
    }

    private static String message(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::toString)
                .orElse("");
    }
}
