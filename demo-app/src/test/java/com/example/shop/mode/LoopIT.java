package com.example.shop.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each failure mode fails its test, by the line that is to blame; each twin passes. */
class LoopIT {

    /** The line of each mode that blocks the loop. */
    private static final Map<String, String> BLAMED = Map.of(
            "sleep", "SLEEP: Thread.sleep",
            "http-client", "HTTP: RestTemplate.getForObject",
            "hidden-library", "SLEEP: Thread.sleep",
            "block-get", "FUTURE: CompletableFuture.get",
            "file-io", "FILE: Files.readAllBytes",
            "process-start", "PROCESS: ");

    @Test
    void wrongFails_rightPasses() {
        Map<String, String> failed = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(LoopCases.class))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .forEach(event -> failed.put(name(event), message(event)));

        assertThat(failed.keySet()).as("%s", failed).isEqualTo(new TreeMap<>(BLAMED).keySet());
        BLAMED.forEach((mode, call) -> assertThat(failed.get(mode))
                .contains("LoopCases.wrong \"" + mode + "\" blocked a thread that must not block")
                .contains(call)
                .contains("at com.example.shop."));
    }

    private static String name(Event failed) {
        String method = failed.getTestDescriptor().getParent().orElseThrow().getDisplayName();
        String mode = failed.getTestDescriptor().getDisplayName();
        return method.startsWith("wrong") ? mode : method + " " + mode;
    }

    private static String message(Event failed) {
        return failed.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElse("");
    }
}
