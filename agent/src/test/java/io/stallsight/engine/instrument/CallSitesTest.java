package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.hook.RecordingEngine;
import io.stallsight.hook.RecordingEngine.Report;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.testing.MemoryCompiler;
import io.stallsight.testing.MemoryLoader;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Callers of native methods are rewritten, then run: what they call is reported. {@code gc} is native on every JDK. */
class CallSitesTest {

    private static final Catalog CATALOG = TestCatalogs.of("""
            {"blocking": [
              {"class": "java.lang.Runtime", "methods": ["gc()"]},
              {"class": "java.lang.Thread", "methods": ["sleep(long)"]},
              {"class": "java.lang.Object", "methods": ["wait(long)"]},
              {"class": "java.lang.Runtime", "methods": ["availableProcessors()"]}]}
            """);
    private static final Point GC = CATALOG.point(1);
    private static final Point SLEEP = CATALOG.point(2);
    private static final Point WAIT = CATALOG.point(3);
    private static final Point WITHOUT_STAND_IN = CATALOG.point(4);

    private final NativeMethods natives = new NativeMethods();
    private final CallSites callSites = new CallSites(natives);
    private final RecordingEngine handler = new RecordingEngine();

    @BeforeEach
    void install() {
        StallsightAgent.attach(handler, new byte[CATALOG.points().size() + 1]);
    }

    @AfterEach
    void uninstall() {
        StallsightAgent.detach();
    }

    private void run(String source) throws Exception {
        run(source, "run");
    }

    /** Compiles a class app.Snippet, rewrites it and runs a static method of it. */
    private void run(String source, String method) throws Exception {
        Map<String, byte[]> classes = new HashMap<>(MemoryCompiler.compile(source));
        byte[] rewritten = callSites.rewrite(classes.get("app.Snippet"));
        assertThat(rewritten).as("rewritten").isNotNull();
        classes.put("app.Snippet", rewritten);
        Method run = new MemoryLoader(classes).loadClass("app.Snippet").getMethod(method);
        run.invoke(null);
    }

    private static String snippet(String body) {
        return "package app; public class Snippet { public static void run() throws Exception { " + body + " } }";
    }

    private void assertReported(Point point) {
        assertThat(handler.reports).extracting(Report::point).containsExactly(point.id());
    }

    @Test
    void add_ofANativeWithAStandIn_takesItOver() {
        assertThat(natives.all().isEmpty()).isTrue();
        assertThat(natives.add(GC, Runtime.class)).isTrue();
        assertThat(natives.all().isEmpty()).isFalse();
        assertThat(natives.points()).containsExactly(GC);
        assertThat(natives.mentions()).containsExactly(new ClassFilter.Method("gc", "()V"));
    }

    @Test
    void add_ofANativeWithoutAStandIn_doesNot() {
        assertThat(natives.add(WITHOUT_STAND_IN, Runtime.class)).isFalse();
        assertThat(natives.all().isEmpty()).isTrue();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void add_ofAMethodWithABody_leavesItToTheWeaver() {
        assertThat(natives.add(SLEEP, Thread.class)).isFalse();
        assertThat(natives.add(WAIT, Object.class)).isFalse();
    }

    @Test
    void directCall_isReported() throws Exception {
        natives.add(GC, Runtime.class);
        run(snippet("Runtime.getRuntime().gc();"));
        assertReported(GC);
    }

    @Test
    void callInALambda_isReported() throws Exception {
        natives.add(GC, Runtime.class);
        run(snippet("Runtime runtime = Runtime.getRuntime(); Runnable r = () -> runtime.gc(); r.run();"));
        assertReported(GC);
    }

    @Test
    void boundMethodReference_isReported() throws Exception {
        natives.add(GC, Runtime.class);
        run(snippet("Runnable r = Runtime.getRuntime()::gc; r.run();"));
        assertReported(GC);
    }

    @Test
    void unboundMethodReference_isReported() throws Exception {
        natives.add(GC, Runtime.class);
        run(snippet("java.util.function.Consumer<Runtime> c = Runtime::gc; c.accept(Runtime.getRuntime());"));
        assertReported(GC);
    }

    @Test
    void classWithoutSuchACall_staysAsItIs() {
        natives.add(GC, Runtime.class);
        String source = """
                package app;
                class Snippet {
                    void gc() {}
                    void run() { gc(); System.gc(); Runnable r = this::gc; r.run(); Runtime.getRuntime().maxMemory(); }
                }
                """;
        assertThat(callSites.rewrite(MemoryCompiler.compile(source).get("app.Snippet")))
                .isNull();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18)
    void staticMethod_directInLambdaAndByReference_isReported() throws Exception {
        natives.add(SLEEP, Thread.class);
        run("""
                package app;
                public class Snippet {
                    interface Sleeper { void sleep(long millis) throws InterruptedException; }
                    public static void run() throws Exception {
                        Thread.sleep(0);
                        Sleeper lambda = millis -> Thread.sleep(millis);
                        lambda.sleep(0);
                        Sleeper reference = Thread::sleep;
                        reference.sleep(0);
                    }
                }
                """);
        assertThat(handler.reports).extracting(Report::point).containsExactly(SLEEP.id(), SLEEP.id(), SLEEP.id());
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18)
    void staticMethod_inheritedByTheCaller_isReported() throws Exception {
        natives.add(SLEEP, Thread.class);
        run("""
                package app;
                public class Snippet extends Thread {
                    public static void call() throws InterruptedException { sleep(0); }
                }
                """, "call");
        assertReported(SLEEP);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18)
    void wait_directAndByReference_isReportedWithItsMonitor() throws Exception {
        natives.add(WAIT, Object.class);
        run("""
                package app;
                public class Snippet {
                    interface Waiter { void await(long millis) throws InterruptedException; }
                    public static void run() throws Exception {
                        String monitor = "monitor";
                        synchronized (monitor) {
                            monitor.wait(1);
                            Waiter waiter = monitor::wait;
                            waiter.await(1);
                        }
                    }
                }
                """);
        assertThat(handler.reports).hasSize(2).allSatisfy(report -> {
            assertThat(report.point()).isEqualTo(WAIT.id());
            assertThat(report.self()).isEqualTo("monitor");
        });
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18)
    void callOfTheSuperclassByName_staysAsItIs() {
        natives.add(WAIT, Object.class);
        String source = """
                package app;
                class Snippet { void run() throws InterruptedException { super.wait(1); } }
                """;
        assertThat(callSites.rewrite(MemoryCompiler.compile(source).get("app.Snippet")))
                .isNull();
    }
}
