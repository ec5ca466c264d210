package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Orders;
import com.acme.Wire;
import io.stallsight.api.BlockingCallError;
import io.stallsight.api.Kind;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.fact.BlockingCall;
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
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A select is the wait of an event loop or a blocking call; the later selects of the thread decide. */
class DetectorSelectorTest {

    private static final int CALL = 1;
    private static final int SELECT = 2;
    private static final int CLOSE = 3;

    private final DetectorHarness harness = new DetectorHarness("""
            {"packages": ["com.acme.Wire"],
             "blocking": [{"class": "com.acme.Wire", "methods": "sleep", "kind": "SLEEP"}],
             "selector": [
               {"at": "select", "class": "com.acme.Sel", "methods": "select", "api": "Selector", "kind": "SELECT"},
               {"at": "close", "class": "com.acme.Sel", "methods": "close"}],
             "loopFrames": [{"frames": ["com.acme.Orders#poll"], "not": true, "reason": "polls for one answer"}]}
            """);

    private Selector first;
    private Selector second;

    @BeforeEach
    void open() throws IOException {
        first = Selector.open();
        second = Selector.open();
        harness.install();
    }

    @AfterEach
    void close() throws IOException {
        harness.uninstall();
        first.close();
        second.close();
    }

    /** A select of real time that the application makes; returns what the hook took it for. */
    private static long select(Selector selector) {
        int[] kind = {0};
        Orders.find(() -> {
            StallsightSpan select = StallsightSelectors.selectEnter(SELECT, selector, 1);
            kind[0] = HookStates.kindOf(select);
            StallsightSelectors.selectExit(select, selector, 1);
        });
        return kind[0];
    }

    /** A select below another frame of the application, as in the handler of an event. */
    private static long selectInAHandler(Selector selector) {
        long[] kind = {0};
        Orders.find(() -> kind[0] = select(selector));
        return kind[0];
    }

    private static void closed(Selector selector) {
        StallsightSelectors.selectorClose(CLOSE, selector);
    }

    private static boolean mayBlock() {
        return StallsightHook.current().mayBlock();
    }

    private static void call() {
        Orders.find(() -> StallsightCalls.exit(StallsightCalls.enter(CALL, null, null)));
    }

    @Test
    void firstSelect_isNotYetReported() {
        harness.onThread("loop-1", () -> {
            assertThat(select(first)).isEqualTo(StallsightSelectors.UNPROVEN);
            assertThat(harness.calls).isEmpty();
        });
    }

    @Test
    void firstSelect_whoseSelectorIsClosed_isReported() {
        harness.onThread("loop-1", () -> {
            select(first);
            closed(second);
            assertThat(harness.calls).as("another selector").isEmpty();
            closed(first);
            assertThat(harness.calls).hasSize(1);
            closed(first);
        });
        assertThat(harness.calls).hasSize(1);
        assertThat(harness.calls.get(0).kind()).isEqualTo(Kind.SELECT);
        assertThat(harness.calls.get(0).api()).isEqualTo("Selector.select");
        assertThat(harness.calls.get(0).siteText()).startsWith("com.acme.Orders.find(");
    }

    @Test
    void firstSelect_beforeOneOnAnotherSelector_isReported() {
        harness.onThread("loop-1", () -> {
            select(first);
            assertThat(select(second)).isEqualTo(StallsightSelectors.UNPROVEN);
            assertThat(harness.calls).hasSize(1);
        });
    }

    @Test
    void firstSelect_ofAThreadThatEnds_isReported() {
        harness.onThread("loop-1", () -> {
            select(first);
            StallsightThreads.threadEnd(CALL);
        });
        assertThat(harness.calls).hasSize(1);
    }

    @Test
    void secondSelect_onTheSameSelector_isALoop() {
        harness.onThread("loop-1", () -> {
            select(first);
            assertThat(select(first)).isEqualTo(StallsightSelectors.LOOP);
            assertThat(select(first)).isEqualTo(StallsightSelectors.LOOP);
        });
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void secondSelect_ofAnUnknownThread_makesItNonBlocking() {
        harness.onThread("plain", () -> {
            assertThat(select(first)).isEqualTo(StallsightSelectors.IGNORED);
            assertThat(mayBlock()).isTrue();
            call();
            assertThat(select(first)).isEqualTo(StallsightSelectors.LOOP);
            assertThat(mayBlock()).isFalse();
            assertThat(harness.calls).isEmpty();
            call();
            assertThat(harness.calls).extracting(BlockingCall::api).containsExactly("Wire.sleep");
        });
    }

    @Test
    void loop_thatWaits_isIdle() {
        harness.onThread("loop-1", () -> {
            select(first);
            StallsightSpan token = StallsightSelectors.selectEnter(SELECT, first, 1);
            call();
            StallsightSelectors.selectExit(token, first, 1);
            assertThat(harness.calls).isEmpty();
            call();
            assertThat(harness.calls).hasSize(1);
        });
    }

    @Test
    void loop_thatSelectsOnAnotherSelector_blocks() {
        harness.onThread("plain", () -> {
            select(first);
            select(first);
            assertThat(selectInAHandler(second)).isEqualTo(StallsightSelectors.BLOCKING);
            assertThat(harness.calls).extracting(BlockingCall::api).containsExactly("Selector.select");
            assertThat(selectInAHandler(second)).isEqualTo(StallsightSelectors.BLOCKING);
            assertThat(select(first)).isEqualTo(StallsightSelectors.LOOP);
        });
        assertThat(harness.calls).hasSize(2);
    }

    @Test
    void loop_whoseCodeTurnsToAnotherSelector_loopsOnThat() {
        harness.onThread("plain", () -> {
            select(first);
            select(first);
            assertThat(select(second)).as("a pool's thread runs the next loop").isEqualTo(StallsightSelectors.LOOP);
            assertThat(select(second)).isEqualTo(StallsightSelectors.LOOP);
            assertThat(mayBlock()).isFalse();
            assertThat(harness.calls).isEmpty();
            assertThat(selectInAHandler(first)).isEqualTo(StallsightSelectors.BLOCKING);
        });
        assertThat(harness.calls).hasSize(1);
    }

    @Test
    void loop_thatClosesItsSelector_isNoLoop() {
        harness.onThread("plain", () -> {
            select(first);
            select(first);
            closed(first);
            assertThat(mayBlock()).isTrue();
            call();
            assertThat(select(second)).isEqualTo(StallsightSelectors.IGNORED);
        });
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void namedLoop_thatClosesItsSelector_mustNotBlockStill() {
        harness.onThread("loop-1", () -> {
            select(first);
            select(first);
            closed(first);
            assertThat(mayBlock()).isFalse();
            assertThat(select(second)).isEqualTo(StallsightSelectors.UNPROVEN);
            assertThat(select(second)).as("the loop's next selector").isEqualTo(StallsightSelectors.LOOP);
        });
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void polling_belowAFrameThatIsNoLoop_isReportedEachTime() {
        harness.onThread(
                "loop-1",
                () -> Orders.poll(() -> {
                    select(first);
                    assertThat(select(first)).isEqualTo(StallsightSelectors.BLOCKING);
                    assertThat(select(first)).isEqualTo(StallsightSelectors.BLOCKING);
                }));
        assertThat(harness.calls).hasSize(3);
    }

    @Test
    void polling_onAnUnknownThread_doesNotMakeItALoop() {
        harness.onThread(
                "plain",
                () -> Orders.poll(() -> {
                    select(first);
                    select(first);
                    select(first);
                    assertThat(mayBlock()).isTrue();
                }));
        assertThat(harness.calls).isEmpty();
    }

    /** As JeroMQ's {@code recv}, which selects on a selector of its own. */
    @Test
    void libraryThatTheApplicationCalls_andWaitsForOneChannel_isNoLoop() {
        harness.onThread("plain", () -> {
            for (int i = 0; i < 3; i++) {
                Orders.find(() -> Wire.receive(() -> hookedSelect(first)));
                assertThat(mayBlock()).isTrue();
            }
            call();
        });
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void libraryThatTheApplicationCalls_withSeveralChannels_isALoop() throws IOException {
        Pipe[] pipes = {register(first), register(first)};
        harness.onThread("plain", () -> {
            Orders.find(() -> Wire.receive(() -> hookedSelect(first)));
            Orders.find(() -> Wire.receive(() -> hookedSelect(first)));
            assertThat(mayBlock()).isFalse();
        });
        for (Pipe pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void libraryThatTheApplicationCalls_andAcceptsConnections_isALoop() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.configureBlocking(false);
            server.register(first, SelectionKey.OP_ACCEPT);
            harness.onThread("plain", () -> {
                Orders.find(() -> Wire.receive(() -> hookedSelect(first)));
                Orders.find(() -> Wire.receive(() -> hookedSelect(first)));
                assertThat(mayBlock()).isFalse();
            });
        }
    }

    @Test
    void libraryThatTheApplicationLeavesItsThreadTo_isALoop() {
        harness.onThread("plain", () -> {
            Orders.find(() -> Wire.run(() -> hookedSelect(first)));
            Orders.find(() -> Wire.run(() -> hookedSelect(first)));
            assertThat(mayBlock()).isFalse();
        });
    }

    private static void hookedSelect(Selector selector) {
        StallsightSpan select = StallsightSelectors.selectEnter(SELECT, selector, 1);
        StallsightSelectors.selectExit(select, selector, 1);
    }

    private static Pipe register(Selector selector) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.source().register(selector, SelectionKey.OP_READ);
        return pipe;
    }

    @Test
    void strict_refusesTheLoopsSelectOnAnotherSelector_only() {
        harness.mode(Mode.STRICT).install().onThread("loop-1", () -> {
            select(first);
            select(first);
            boolean refused = false;
            try {
                selectInAHandler(second);
            } catch (BlockingCallError error) {
                refused = true;
            }
            assertThat(refused).isTrue();
            assertThat(select(first)).isEqualTo(StallsightSelectors.LOOP);
        });
    }
}
