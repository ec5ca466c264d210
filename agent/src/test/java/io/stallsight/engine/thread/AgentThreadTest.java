package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AgentThreadTest {

    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void lasting_afterErrors_beginsAnew_andSaysSoOnce() throws InterruptedException {
        AgentThread.lasting("test-lasting", () -> {
                    if (attempts.incrementAndGet() <= 2) {
                        throw new OutOfMemoryError("made up");
                    }
                    done.countDown();
                })
                .start();

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(linesAbout("stallsight-test-lasting"))
                .singleElement()
                .asString()
                .contains("java.lang.OutOfMemoryError")
                .contains("began anew");
    }

    @Test
    void other_afterAnError_ends() throws InterruptedException {
        AgentThread thread = new AgentThread("test-once", () -> {
            attempts.incrementAndGet();
            throw new OutOfMemoryError("made up");
        });
        thread.start();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void interrupt_ofTheApplication_doesNothing() {
        AgentThread thread = new AgentThread("test-interrupt", () -> {});
        thread.interrupt();
        assertThat(thread.isInterrupted()).isFalse();
    }

    private static List<String> linesAbout(String thread) {
        List<String> lines = new ArrayList<>();
        for (String line = AgentFailures.poll(); line != null; line = AgentFailures.poll()) {
            if (line.contains(thread)) {
                lines.add(line);
            }
        }
        return lines;
    }
}
