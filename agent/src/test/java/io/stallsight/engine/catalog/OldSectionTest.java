package io.stallsight.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.engine.catalog.rule.PolicyRule;
import io.stallsight.engine.catalog.rule.WorkerRule;
import io.stallsight.frame.FramePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's file may still have the names that sections had in earlier versions. */
class OldSectionTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "scopes, SCOPE",
        "takes, TAKE",
        "hands, HAND",
        "queues, QUEUE",
        "runs, RUN",
        "rejects, REJECT",
        "carries, CARRY",
        "resumes, RESUME",
        "turns, TURN",
        "begins, LOOP_BEGIN",
        "connects, CONNECT",
        "connected, CONNECTED",
        "disconnects, DISCONNECT",
        "reads, READ",
        "writes, WRITE",
        "makes, MAKE",
        "passes, PASS",
        "asks, BORROW",
        "serves, LEND",
        "tells, TOOL_REPORT",
        "takeOvers, TOOL_INSTALL"
    })
    void oldNameOfAPoint_isRead(String section, Point.Type type) throws IOException {
        CatalogReader reader = read("{\"" + section + "\": [{\"class\": \"A\", \"methods\": \"f\"}]}");
        assertThat(reader.catalog().points()).extracting(Point::type).containsExactly(type);
        assertThat(reader.deprecations()).hasSize(1);
    }

    @Test
    void oldNameOfARule_isRead() throws IOException {
        CatalogReader reader = read("""
                {"hosts": [{"class": "H", "role": "MICROMETER", "field": "f"}],
                 "asked": [{"class": "A", "methods": "f", "calls": "B#g()V"}],
                 "loops": [{"frames": "L"}], "notLoops": [{"frames": "N"}],
                 "workers": [{"class": "W", "pool": "p"}],
                 "callBacks": [{"methods": "run"}], "abstractions": [{"classes": "I"}]}
                """);
        Catalog catalog = reader.catalog();
        assertThat(catalog.hosts()).extracting(HostRule::className).containsExactly("H");
        assertThat(catalog.policies()).extracting(PolicyRule::calls).containsExactly("B#g()V");
        assertThat(catalog.loops()).extracting(FrameRule::frames).containsExactly(FramePattern.parse("L"));
        assertThat(catalog.notLoops()).extracting(FrameRule::frames).containsExactly(FramePattern.parse("N"));
        assertThat(catalog.workers()).extracting(WorkerRule::className).containsExactly("W");
        assertThat(catalog.callBacks()).containsExactly("run");
        assertThat(catalog.abstractions()).containsExactly("I");
        assertThat(reader.deprecations()).hasSize(7);
    }

    @Test
    void oldName_isReportedOnce_withTheFileAndTheFormToWrite() throws IOException {
        CatalogReader reader = read("""
                {"queues": [{"class": "A", "methods": "f"}, {"class": "B", "methods": "f", "refuses": true}],
                 "scopes": [{"class": "C", "methods": "f"}], "asked": []}
                """);
        String file = "catalog file " + folder.resolve("my.json");
        assertThat(reader.deprecations())
                .containsExactly(
                        file + ": section \"scopes\" is deprecated; write \"blocking\" with \"scope\": true",
                        file + ": section \"queues\" is deprecated; write \"task\" with \"at\": \"queue\"",
                        file + ": section \"asked\" is deprecated; write \"policy\"");
        assertThat(reader.catalog().points())
                .extracting(Point::type)
                .containsExactly(Point.Type.SCOPE, Point.Type.QUEUE, Point.Type.OFFER);
    }

    @Test
    void builtInFiles_haveNoOldName() {
        assertThat(new CatalogReader(17).readBuiltIn().deprecations()).isEqualTo(List.of());
    }

    private CatalogReader read(String json) throws IOException {
        return new CatalogReader(17).readFile(Files.writeString(folder.resolve("my.json"), json));
    }
}
