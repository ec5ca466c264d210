package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Orders;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightCalls;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightSelectors;
import io.stallsight.hook.StallsightSpan;
import io.stallsight.hook.StallsightThreads;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** A virtual thread may block, unless it waits for several channels at once again and again. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualLoopTest {

    private static final int CALL = 1;
    private static final int SELECT = 2;

    private final DetectorHarness harness = new DetectorHarness("""
            {"blocking": [{"class": "com.acme.Wire", "methods": "sleep", "kind": "SLEEP"}],
             "selector": [{"at": "select", "class": "com.acme.Sel", "methods": "select", "api": "Selector", "kind": "SELECT"}]}
            """);
    private final List<Pipe> pipes = new ArrayList<>();
    private Selector selector;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        harness.install();
    }

    @AfterEach
    void close() throws IOException {
        harness.uninstall();
        selector.close();
        for (Pipe pipe : pipes) {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    private void channels(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            Pipe pipe = Pipe.open();
            pipes.add(pipe);
            pipe.source().configureBlocking(false);
            pipe.source().register(selector, SelectionKey.OP_READ);
        }
    }

    private long select() {
        StallsightSpan select = StallsightSelectors.selectEnter(SELECT, selector, 1);
        int kind = HookStates.kindOf(select);
        StallsightSelectors.selectExit(select, selector, 1);
        return kind;
    }

    private static void call() {
        Orders.find(() -> StallsightCalls.exit(StallsightCalls.enter(CALL, null, null)));
    }

    /** To its end; {@code java.lang.Thread.ofVirtual} by reflection, since the tests are compiled for JDK 17. */
    private static void onVirtualThread(Runnable task) throws Exception {
        Throwable[] failure = {null};
        Thread thread = (Thread) Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) () -> {
                    try {
                        task.run();
                    } catch (Throwable t) {
                        failure[0] = t;
                    }
                    StallsightThreads.threadEnd(0);
                });
        thread.join();
        assertThat(failure[0]).isNull();
    }

    @Test
    void select_onSeveralChannels_forTheSecondTime_isALoops() throws Exception {
        channels(2);
        onVirtualThread(() -> {
            call();
            select();
            assertThat(select()).isEqualTo(StallsightSelectors.LOOP);
            call();
        });
        assertThat(harness.calls).hasSize(1);
        assertThat(harness.calls.get(0).loopGroup()).isEqualTo("unnamed-#");
    }

    @Test
    void select_onOneChannel_isNoLoops() throws Exception {
        channels(1);
        onVirtualThread(() -> {
            for (int i = 0; i < 3; i++) {
                select();
                call();
            }
        });
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void threadThatDoesNotSelect_hasNoState() throws Exception {
        channels(2);
        onVirtualThread(this::select);
        onVirtualThread(() -> assertThat(StallsightHook.current()).isNull());
    }
}
