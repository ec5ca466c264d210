package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.testing.MemoryCompiler;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which classes count their tasks; that the count is right is seen in a JVM. */
class TaskCallsTest {

    private static byte[] count(String body) throws Exception {
        return TaskCalls.count(
                MemoryCompiler.compile("package app; import java.nio.channels.Selector; import java.util.*;"
                                + " public class Snippet { Selector selector; Queue<Runnable> queue; " + body + " }")
                        .get("app.Snippet"));
    }

    @Test
    void classThatSelectsAndTakesTasks_countsThem() throws Exception {
        byte[] counted = count("void loop() throws Exception { selector.select(); queue.poll().run(); }");

        assertThat(counted).isNotNull();
        assertThat(new String(counted, StandardCharsets.ISO_8859_1)).contains("io/stallsight/hook/StallsightLoops");
    }

    @Test
    void classThatTakesInOneMethodAndSelectsInAnother_countsThem() throws Exception {
        assertThat(count("void loop() throws Exception { selector.select(5); } void work() { queue.remove().run(); }"))
                .isNotNull();
    }

    @Test
    void classThatOnlyRunsTasks_isLeftAlone() throws Exception {
        assertThat(count("void work() { queue.poll().run(); }")).isNull();
    }

    @Test
    void runnableThatComesFromNoCollection_isNoTask() throws Exception {
        assertThat(count("void loop(Runnable each) throws Exception { selector.select(); each.run(); }"))
                .isNull();
    }
}
