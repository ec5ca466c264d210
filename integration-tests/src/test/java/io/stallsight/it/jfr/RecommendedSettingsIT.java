package io.stallsight.it.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/** JFR accepts the recommended settings of the docs, and they cover exactly the existing events. */
class RecommendedSettingsIT {

    private static final Path SETTINGS = Path.of("../docs/stallsight.jfc");
    private static final Pattern EVENT = Pattern.compile("<event name=\"(stallsight\\.[^\"]+)\"");

    @TempDir
    private Path folder;

    @EachJdk
    void recordingWithThem_hasEachEventOfStallsight(Jdk jdk) throws IOException {
        Path recording = folder.resolve("settings.jfr");

        ForkedJvm.of(jdk, "app.lifecycle.Hello")
                .agent()
                .options("-XX:StartFlightRecording=settings=" + SETTINGS.toRealPath() + ",filename=" + recording)
                .run()
                .healthy();

        Set<String> inSettings = EVENT.matcher(Files.readString(SETTINGS))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
        try (RecordingFile file = new RecordingFile(recording)) {
            assertThat(file.readEventTypes())
                    .extracting(EventType::getName)
                    .filteredOn(name -> name.startsWith("stallsight."))
                    .containsOnlyOnceElementsOf(inSettings.stream()
                            .filter(name -> !name.equals("stallsight.BlockingCall"))
                            .toList())
                    .hasSameElementsAs(inSettings);
        }
    }
}
