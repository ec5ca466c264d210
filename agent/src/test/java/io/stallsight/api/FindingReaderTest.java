package io.stallsight.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.control.ControlEvents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine writes for the test support, and what that reads, are the same keys. */
class FindingReaderTest {

    /** Remembers which keys were read. */
    private static final class Watched extends HashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        private final transient Set<String> read = new HashSet<>();

        Watched(Map<String, Object> event) {
            super(event);
        }

        @Override
        public Object get(Object key) {
            read.add((String) key);
            return super.get(key);
        }

        @Override
        public Object getOrDefault(Object key, Object otherwise) {
            read.add((String) key);
            return super.getOrDefault(key, otherwise);
        }
    }

    static Stream<Map<String, Object>> events() {
        return ControlEvents.ofEachKind().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyKeyThatTheEngineWrites_isRead(Map<String, Object> written) {
        Watched event = new Watched(written);

        Finding finding = FindingReader.finding(event, Finding.State.ENDED);

        assertThat(finding).isNotNull();
        assertThat(event.read).isEqualTo(written.keySet());
    }

    @Test
    void stall_saysWhatRequestsLostBehindIt() {
        Map<String, Object> stall = events().filter(event -> "stall".equals(event.get("type")))
                .findFirst()
                .orElseThrow();

        assertThat(FindingReader.finding(stall, Finding.State.ENDED).detail())
                .endsWith("; behind it 2 GET /hello lost 300 ms");
    }
}
