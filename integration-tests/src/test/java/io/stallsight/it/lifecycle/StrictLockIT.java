package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Strict mode refuses a contended lock before the thread enters its queue. */
class StrictLockIT {

    @EachJdk
    void contendedLock_isRefusedAndStaysUsableForOthers(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.StrictLock")
                .agent("mode=strict", "threads=loop")
                .run()
                .healthy();

        assertThat(outcome.lines("REFUSED "))
                .singleElement()
                .asString()
                .contains(
                        "ReentrantLock.lock",
                        "StrictLock.java:",
                        "\"loop\"",
                        "allow=app.lifecycle.StrictLock#tryOnLoop");
        assertThat(outcome.lines("QUEUED ")).containsExactly("false");
        assertThat(outcome.lines("ACQUIRED ")).containsExactly("by other");
        assertThat(outcome.lines("LOCKED ")).containsExactly("false");
    }
}
