package io.stallsight.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final List<Supplier<Throwable>> FAILURES = List.of(
            () -> new IllegalStateException("any"),
            () -> new AssertionError("any"),
            () -> new IOException("undeclared"));

    private final List<String> did = new ArrayList<>();

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private Part part(String name, @Nullable Throwable atStart, @Nullable Throwable atStop) {
        return Part.untilDetach(
                () -> {
                    did.add("start " + name);
                    if (atStart != null) {
                        PartsTest.<RuntimeException>sneak(atStart);
                    }
                },
                () -> {
                    did.add("stop " + name);
                    if (atStop != null) {
                        PartsTest.<RuntimeException>sneak(atStop);
                    }
                });
    }

    @Test
    void failedStart_ofEachPartInTurn_stopsThatPartAndThoseBefore() {
        for (Supplier<Throwable> failure : FAILURES) {
            for (int failing = 0; failing < 3; failing++) {
                did.clear();
                Throwable thrown = failure.get();
                List<Part> all = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    all.add(part("" + i, i == failing ? thrown : null, null));
                }
                for (int i = 0; i <= failing; i++) {
                    expected.add("start " + i);
                }
                for (int i = failing; i >= 0; i--) {
                    expected.add("stop " + i);
                }
                Parts parts = new Parts(all);

                assertThat(catchThrowable(parts::start)).isSameAs(thrown);
                assertThat(did).isEqualTo(expected);

                did.clear();
                parts.stop();
                parts.exit();
                assertThat(did).as("all is over").isEmpty();
            }
        }
    }

    @Test
    void failedStop_doesNotKeepTheOthers() {
        for (Supplier<Throwable> failure : FAILURES) {
            did.clear();
            Parts parts = new Parts(List.of(part("a", null, null), part("b", null, failure.get())));
            parts.start();
            parts.stop();
            assertThat(did).containsExactly("start a", "start b", "stop b", "stop a");
        }
    }
}
