package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.acme.Orders;
import io.stallsight.api.BlockingCallError;
import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.frame.FramePattern;
import io.stallsight.hook.StallsightCalls;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightLoops;
import io.stallsight.hook.StallsightSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the hooks to what is reported: thresholds, rules, strict mode, details. */
class DetectorTest {

    private static final String CATALOG = """
            {"blocking": [
               {"class": "com.acme.Wire", "methods": "sleep", "kind": "SLEEP"},
               {"class": "com.acme.Wire", "methods": "read", "kind": "SOCKET", "doing": "socket read", "subject": "arg0"},
               {"class": "com.acme.Wire", "methods": "query", "scope": true, "kind": "JDBC"},
               {"class": "com.acme.Wire", "methods": "copy", "scope": true},
               {"class": "com.acme.Wire", "methods": "close", "scope": true, "kind": "JDBC", "strict": "inside"}],
             "idle": [{"class": "com.acme.Wire", "methods": "take"}],
             "packages": ["org.assertj.**"]}
            """;
    private static final int SLEEP = 1;
    private static final int READ = 2;
    private static final int QUERY = 3;
    private static final int COPY = 4;
    private static final int CLOSE = 5;
    private static final int TAKE = 6;

    private final DetectorHarness harness = new DetectorHarness(CATALOG);

    @AfterEach
    void uninstall() {
        harness.uninstall();
    }

    private static void sleep() {
        StallsightCalls.exit(StallsightCalls.enter(SLEEP, null, null));
    }

    private static void read() {
        StallsightCalls.exit(StallsightCalls.enter(READ, null, "127.0.0.1:5432"));
    }

    @Test
    void rehearse_onAThreadOfTheAgent_makesUpACallAndReportsNothing() throws InterruptedException {
        List<BlockingCall> rehearsed = new ArrayList<>();
        harness.install();
        AgentThread thread =
                new AgentThread("test", () -> rehearsed.add(harness.judge().rehearse()));
        thread.start();
        thread.join();

        assertThat(rehearsed).hasSize(1);
        assertThat(rehearsed.get(0).threadName()).isEqualTo("stallsight-test");
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void lineThatRunsALoop_isNotTheSite_ofWhatALibraryDoesInTheLoop() {
        harness.install()
                .onThread(
                        "loop-1",
                        () -> Orders.find(() -> {
                            sleep();
                            StallsightLoops.idleExit(StallsightLoops.idleEnter(TAKE));
                            assertThatCode(DetectorTest::sleep).doesNotThrowAnyException();
                            Orders.poll(DetectorTest::sleep);
                            sleep();
                        }));

        assertThat(harness.calls)
                .extracting(
                        call -> call.site().getClassName() + "." + call.site().getMethodName())
                .as("that of the library is reported as such, or not at all while the JVM starts")
                .filteredOn(site -> !site.startsWith("org.assertj."))
                .containsExactly("com.acme.Orders.find", "com.acme.Orders.poll", "com.acme.Orders.find");
    }

    @Test
    void call_onANonBlockingThread_isReported() {
        harness.install().onThread("loop-7", () -> Orders.find(DetectorTest::sleep));

        assertThat(harness.calls).hasSize(1);
        BlockingCall call = harness.calls.get(0);
        assertThat(call.kind()).isEqualTo(Kind.SLEEP);
        assertThat(call.api()).isEqualTo("Wire.sleep");
        assertThat(call.detail()).isEmpty();
        assertThat(call.threadName()).isEqualTo("loop-7");
        assertThat(call.loopGroup()).isEqualTo("loop-#");
        assertThat(call.siteText()).startsWith("com.acme.Orders.find(Orders.java:");
        assertThat(call.stack()).noneMatch(frame -> frame.getClassName().startsWith("io.stallsight"));
        assertThat(harness.deliveries).extracting(Delivery::depth).doesNotContainNull();
    }

    @Test
    void call_onAThreadThatMayBlock_isNotReported() {
        harness.install().onThread("worker-7", () -> Orders.find(DetectorTest::sleep));
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void call_shorterThanTheThreshold_isCountedOnly() {
        harness.threshold(999_999_999).install().onThread("loop-7", () -> Orders.find(DetectorTest::sleep));
        assertThat(harness.calls).isEmpty();
        assertThat(harness.judge().shortCalls()).isEqualTo(1);
    }

    @Test
    void call_thatARuleAllows_isNotReported() {
        harness.rule(TestCatalogs.allow("com.acme.Orders#find")).install().onThread("loop-7", () -> {
            Orders.find(DetectorTest::sleep);
            Orders.poll(DetectorTest::sleep);
        });
        assertThat(harness.calls)
                .extracting(BlockingCall::siteText)
                .singleElement()
                .asString()
                .contains("Orders.poll");
    }

    @Test
    void detail_isTheThingThatTheCallWasAbout() {
        harness.install().onThread("loop-7", () -> Orders.find(DetectorTest::read));
        assertThat(harness.calls.get(0).detail()).isEqualTo("socket read 127.0.0.1:5432");
    }

    @Test
    void detail_ofAScope_isWhatRanInside() {
        harness.install()
                .onThread(
                        "loop-7",
                        () -> Orders.find(() -> {
                            StallsightSpan token = StallsightCalls.enter(QUERY, null, null);
                            read();
                            StallsightCalls.exit(token);
                        }));
        assertThat(harness.calls).hasSize(1);
        assertThat(harness.calls.get(0).kind()).isEqualTo(Kind.JDBC);
        assertThat(harness.calls.get(0).api()).isEqualTo("Wire.query");
        assertThat(harness.calls.get(0).detail()).isEqualTo("socket read 127.0.0.1:5432");
    }

    @Test
    void kind_ofAScopeWithoutOne_isThatOfWhatRanInside() {
        harness.install()
                .onThread(
                        "loop-7",
                        () -> Orders.find(() -> {
                            StallsightSpan token = StallsightCalls.enter(COPY, null, null);
                            read();
                            StallsightCalls.exit(token);
                        }));
        assertThat(harness.calls.get(0).api()).isEqualTo("Wire.copy");
        assertThat(harness.calls.get(0).kind()).isEqualTo(Kind.SOCKET);
    }

    @Test
    void strict_throwsBeforeTheCall_andSaysWhatToDo() {
        List<Throwable> thrown = new ArrayList<>();
        harness.mode(Mode.STRICT)
                .install()
                .onThread(
                        "loop-7",
                        () -> Orders.find(() -> {
                            try {
                                read();
                            } catch (Throwable e) {
                                thrown.add(e);
                            }
                        }));

        assertThat(thrown.get(0)).isInstanceOf(BlockingCallError.class);
        BlockingCallError error = (BlockingCallError) thrown.get(0);
        assertThat(error.kind()).isEqualTo(Kind.SOCKET);
        assertThat(error.api()).isEqualTo("Wire.read");
        assertThat(error.getMessage().replaceAll("java:\\d+", "java:1"))
                .isEqualTo("blocking call refused: Wire.read (socket read 127.0.0.1:5432)"
                        + " at com.acme.Orders.find(Orders.java:1) on non-blocking thread \"loop-7\";"
                        + " it does blocking network I/O. Fix: use the framework's client, or move the call to a bounded"
                        + " worker pool. Or allow it: allow=com.acme.Orders#find");
        assertThat(error.getStackTrace())
                .noneMatch(frame -> frame.getClassName().startsWith("io.stallsight"));
        assertThat(harness.calls).hasSize(1);
        assertThat(harness.calls.get(0).nanos()).isZero();
    }

    @Test
    void strict_whereARuleAllows_doesNotThrow() {
        harness.mode(Mode.STRICT)
                .rule(TestCatalogs.allow("com.acme.Orders"))
                .install()
                .onThread("loop-7", () -> Orders.find(DetectorTest::sleep));
        assertThat(harness.calls).isEmpty();
    }

    @Test
    void strict_onAScopeThatBlocksOnlySometimes_throwsFromTheInside() {
        List<String> steps = new ArrayList<>();
        harness.mode(Mode.STRICT)
                .install()
                .onThread(
                        "loop-7",
                        () -> Orders.find(() -> {
                            StallsightSpan token = StallsightCalls.enter(CLOSE, null, null);
                            steps.add("closing");
                            try {
                                read();
                                steps.add("read");
                            } catch (BlockingCallError refused) {
                                steps.add("refused " + refused.api());
                            }
                            StallsightCalls.exit(token);
                        }));
        assertThat(steps).containsExactly("closing", "refused Wire.close");
        assertThat(harness.calls).hasSize(1);
    }

    @Test
    void ruleForStrictModeOnly_countsThereOnly() {
        var strictOnly = FrameRule.allow(FramePattern.parse("com.acme.Orders"), "test", "test")
                .with(FrameRule.Trait.STRICT_ONLY);
        harness.rule(strictOnly).install().onThread("loop-7", () -> Orders.find(DetectorTest::sleep));
        assertThat(harness.calls).as("observe").hasSize(1);

        DetectorHarness strict =
                new DetectorHarness(CATALOG).mode(Mode.STRICT).rule(strictOnly).install();
        strict.onThread("loop-7", () -> Orders.find(DetectorTest::sleep));
        assertThat(strict.calls).as("strict").isEmpty();
    }

    @Test
    void contendedMonitor_seenFromOutside_isACall() {
        harness.install();
        Thread thread = new Thread("loop-7");
        StackTraceElement[] stack = io.stallsight.testing.Stacks.array("com.acme.Orders.find", "java.lang.Thread.run");
        MonitorWait wait = new MonitorWait(
                thread,
                stack,
                "java.lang.Object held by main",
                MonitorWait.Owner.OTHER_OR_UNKNOWN,
                100,
                () -> -1,
                0,
                0);
        wait.ended(107);
        BlockingCall call = harness.judge().contended(wait);
        assertThat(call.kind()).isEqualTo(Kind.MONITOR);
        assertThat(call.api()).isEqualTo("synchronized");
        assertThat(call.detail()).isEqualTo("java.lang.Object held by main");
        assertThat(call.nanos()).isEqualTo(7);
        assertThat(call.start()).isEqualTo(100);
    }

    @Test
    void contendedMonitor_thatAHookWaitsFor_isNoCall() {
        harness.install();
        StackTraceElement[] stack = io.stallsight.testing.Stacks.array(
                "java.util.concurrent.ConcurrentHashMap.compute",
                StallsightHook.class.getName() + ".connecting",
                "com.acme.Orders.find",
                "java.lang.Thread.run");
        MonitorWait wait = new MonitorWait(
                new Thread("loop-7"), stack, "a node held by loop-8", MonitorWait.Owner.LOOP, 100, () -> -1, 0, 0);
        wait.ended(107);
        assertThat(harness.judge().contended(wait)).isNull();
    }

    @Test
    void contendedMonitor_ofTheFrameworkThatCallsTheHandler_isACallUnlessAnotherLoopHasIt() {
        DetectorHarness loops = new DetectorHarness("""
                {"library": "acme", "packages": ["io.undertow.server.**"]}
                """).install();
        StackTraceElement[] stack = io.stallsight.testing.Stacks.array(
                "java.util.Collections$SynchronizedMap.get",
                "io.undertow.server.DefaultByteBufferPool.allocate",
                "com.acme.Orders.find",
                "io.undertow.server.Connectors.executeRootHandler",
                "java.lang.Thread.run");
        MonitorWait amongLoops = new MonitorWait(
                new Thread("loop-7"), stack, "a map held by loop-8", MonitorWait.Owner.LOOP, 100, () -> -1, 0, 0);
        amongLoops.ended(107);
        long started = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); // locks of libraries are counted only before
        MonitorWait withWorker = new MonitorWait(
                new Thread("loop-7"),
                stack,
                "a map held by worker-1",
                MonitorWait.Owner.OTHER_OR_UNKNOWN,
                started,
                () -> -1,
                0,
                0);
        withWorker.ended(started + 7);

        assertThat(loops.judge().contended(amongLoops)).isNull();
        assertThat(loops.judge().contended(withWorker)).isNotNull();
    }
}
