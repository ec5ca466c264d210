package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.HookStatus.State;
import io.stallsight.engine.weavecache.WeaveCache;
import io.stallsight.hook.RecordingEngine;
import io.stallsight.hook.RecordingEngine.Report;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.testing.MemoryCompiler;
import io.stallsight.testing.MemoryLoader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes woven in memory, loaded and run. */
class WeaverTest {

    private static final String WIRE = """
            package app;
            public class Wire {
                public int read(int timeout, String address) { return address.length() + timeout; }
                public static String open(String address) { return address; }
                public long fail(Object cause) throws java.io.IOException { throw new java.io.IOException("wire"); }
                public void copy() { read(1, "a"); }
                public void close() {}
                public void take() { read(1, "a"); }
                public void other() {}
                public native void sync();
            }
            """;

    private static final Catalog CATALOG = TestCatalogs.of("""
            {"blocking": [
               {"class": "app.Wire", "methods": ["read(int,java.lang.String)"], "kind": "SOCKET", "subject": "arg1"},
               {"class": "app.Wire", "methods": ["open"], "kind": "SOCKET", "subject": "arg0"},
               {"class": "app.Wire", "methods": ["fail"], "kind": "SOCKET", "subject": "arg0"},
               {"class": "app.Wire", "methods": ["sync"], "kind": "SOCKET"},
               {"class": "app.Wire", "methods": ["vanished"], "kind": "SOCKET"},
               {"class": "app.Wire", "methods": ["gone"], "kind": "SOCKET", "optional": true},
               {"class": "app.Later", "methods": ["f"], "kind": "SOCKET"},
               {"class": "app.Wire", "methods": ["copy", "close"], "scope": true, "kind": "FILE"}],
             "idle": [{"class": "app.Wire", "methods": ["take"]}],
             "shapes": [{"api": "Rows", "declares": ["next() -> boolean", "row() -> java.sql.Types"], "methods": ["next()"],
               "kind": "JDBC"}]}
            """);
    private static final int READ = 1;
    private static final int OPEN = 2;
    private static final int FAIL = 3;
    private static final int COPY = 8;

    private final HookTable table = new HookTable(CATALOG);
    private final List<String> loading = new ArrayList<>();
    private final Weaver weaver = weaver(CATALOG, table, (className, loader, domain) -> loading.add(className));
    private final RecordingEngine handler = new RecordingEngine();
    private long errorsBefore;

    private static Weaver weaver(Catalog catalog, HookTable table, Weaver.ClassWatch classWatch) {
        WeaveCache none = WeaveCache.none();
        Weaver weaver = new Weaver(
                catalog,
                table,
                new NativeMethods(),
                none,
                new WeavingThread(none, classes -> {}, classes -> {}),
                classWatch);
        weaver.makeTools();
        return weaver;
    }

    @BeforeEach
    void install() {
        errorsBefore = StallsightErrors.suppressed();
        StallsightAgent.attach(handler, table.flags());
    }

    @AfterEach
    void uninstall() {
        StallsightAgent.detach();
    }

    private byte[] weave(String name, byte[] classFile) {
        return weaver.transform(
                Object.class.getModule(),
                ClassLoader.getPlatformClassLoader(),
                name.replace('.', '/'),
                null,
                null,
                classFile);
    }

    private Class<?> wovenClass(String name, String source) throws ClassNotFoundException {
        Map<String, byte[]> classes = new HashMap<>(MemoryCompiler.compile(source));
        byte[] woven = weave(name, classes.get(name));
        assertThat(woven).as("woven " + name).isNotNull();
        classes.put(name, woven);
        return new MemoryLoader(classes).loadClass(name);
    }

    private Object wire() throws ReflectiveOperationException {
        return wovenClass("app.Wire", WIRE).getConstructor().newInstance();
    }

    private static Object invoke(Object receiver, String method, Object... arguments)
            throws ReflectiveOperationException {
        Class<?> type = receiver instanceof Class<?> owner ? owner : receiver.getClass();
        for (var candidate : type.getMethods()) {
            if (candidate.getName().equals(method)) {
                return candidate.invoke(receiver, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    private State state(int point) {
        return table.rows().get(point - 1).state();
    }

    @Test
    void instanceMethod_isReportedWithReceiverAndSubject() throws Exception {
        Object wire = wire();
        assertThat(invoke(wire, "read", 5, "host")).as("its result").isEqualTo(9);
        assertThat(handler.reports).hasSize(1);
        Report report = handler.reports.get(0);
        assertThat(report.point()).isEqualTo(READ);
        assertThat(report.self()).isSameAs(wire);
        assertThat(report.subject()).isEqualTo("host");
    }

    @Test
    void copyOfAClass_hasTheHooksOfItsOriginal() throws Exception {
        Catalog catalog = TestCatalogs.of("""
                {"blocking": [
                   {"class": "io.lib.Wire", "methods": ["read(io.lib.Wire[],int)"], "kind": "SOCKET"},
                   {"class": "io.lib.Wire", "methods": ["vanished"], "kind": "SOCKET"}],
                 "host": [{"class": "io.lib.Wire", "methods": ["show"], "subject": "arg0", "role": "OPEN_TELEMETRY"}]}
                """);
        HookTable hooks = new HookTable(catalog);
        byte[] woven = weaver(catalog, hooks, (className, loader, domain) -> {})
                .transform(
                        Object.class.getModule(),
                        ClassLoader.getPlatformClassLoader(),
                        "org/acme/shaded/io/lib/Wire",
                        null,
                        null,
                        MemoryCompiler.compile("""
                                package org.acme.shaded.io.lib;
                                public class Wire {
                                    public int read(Wire[] wires, int at) { return at; }
                                    public int read(String wires, int at) { return at; }
                                    public void show(Object metrics) {}
                                }
                                """).get("org.acme.shaded.io.lib.Wire"));
        Class<?> copy =
                new MemoryLoader(Map.of("org.acme.shaded.io.lib.Wire", woven)).loadClass("org.acme.shaded.io.lib.Wire");
        Object wire = copy.getConstructor().newInstance();
        copy.getMethod("read", wire.getClass().arrayType(), int.class).invoke(wire, null, 1);
        copy.getMethod("read", String.class, int.class).invoke(wire, null, 1);
        copy.getMethod("show", Object.class).invoke(wire, "metrics");

        assertThat(handler.reports).as("by the types of the copy").hasSize(1);
        assertThat(handler.reports.get(0).point()).isEqualTo(1);
        assertThat(hooks.rows())
                .extracting(HookTable.Row::state)
                .as("the copy is of another version; the application shows its metrics by no copy")
                .containsExactly(State.WOVEN, State.WAITING, State.WAITING);
    }

    @Test
    void staticMethod_isReportedWithoutReceiver() throws Exception {
        assertThat(invoke(wovenClass("app.Wire", WIRE), "open", "host")).isEqualTo("host");
        assertThat(handler.reports).hasSize(1);
        Report report = handler.reports.get(0);
        assertThat(report.point()).isEqualTo(OPEN);
        assertThat(report.self()).isNull();
        assertThat(report.subject()).isEqualTo("host");
    }

    @Test
    void method_thatThrows_isReported_andItsExceptionIsKept() throws Exception {
        Object wire = wire();
        assertThatThrownBy(() -> invoke(wire, "fail", "cause"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("wire");
        assertThat(handler.reports).hasSize(1);
        assertThat(handler.reports.get(0).point()).isEqualTo(FAIL);
        assertThat(handler.reports.get(0).subject()).isEqualTo("cause");
    }

    @Test
    void scope_isReportedOnceIfItBlocked() throws Exception {
        Object wire = wire();
        invoke(wire, "copy");
        invoke(wire, "close");
        assertThat(handler.reports).extracting(Report::point).containsExactly(COPY);
        assertThat(handler.reports.get(0).inner()).isEqualTo(READ);
    }

    @Test
    void idlePoint_coversWhatRunsInside() throws Exception {
        Object wire = wire();
        invoke(wire, "take");
        assertThat(handler.reports).isEmpty();
        invoke(wire, "read", 1, "a");
        assertThat(handler.reports).hasSize(1);
    }

    @Test
    void otherMethods_areNotTouched() throws Exception {
        invoke(wire(), "other");
        assertThat(handler.events).noneMatch(event -> event.startsWith("entered"));
    }

    @Test
    void refusal_isThrownInsteadOfTheCall() throws Exception {
        Object wire = wire();
        handler.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> invoke(wire, "fail", "cause")).cause().isSameAs(handler.refusal);
    }

    @Test
    void table_tellsWhatTookAndWhatDidNot() throws Exception {
        wire();
        assertThat(state(READ)).isEqualTo(State.WOVEN);
        assertThat(state(OPEN)).isEqualTo(State.WOVEN);
        assertThat(state(COPY)).isEqualTo(State.WOVEN);
        assertThat(state(4)).as("native, without stand-in").isEqualTo(State.MISSING);
        assertThat(state(5)).as("not there").isEqualTo(State.MISSING);
        assertThat(state(6)).as("need not be there").isEqualTo(State.WAITING);
        assertThat(state(7)).as("class not loaded").isEqualTo(State.WAITING);
        assertThat(table.holes())
                .extracting(row -> row.point().hook() + ": " + row.problem())
                .containsExactly(
                        "app.Wire#sync: no method sync with a body",
                        "app.Wire#vanished: no method vanished with a body");
    }

    @Test
    void classOfAShape_isWovenWhateverItsName() throws Exception {
        Object rows = wovenClass("driver.RowsImpl", """
                        package driver;
                        public class RowsImpl {
                            public boolean next() { return true; }
                            public java.sql.Types row() { return null; }
                        }
                        """).getConstructor().newInstance();
        assertThat(invoke(rows, "next")).isEqualTo(true);
        assertThat(handler.reports).hasSize(1);
        assertThat(weaver.rewrittenClasses()).containsExactly("driver.RowsImpl");
    }

    @Test
    void class_thatNothingIsKnownOf_staysAsItIs() {
        byte[] file = MemoryCompiler.compile("package app; public class Plain { boolean next() { return true; } }")
                .get("app.Plain");
        assertThat(weave("app.Plain", file)).isNull();
        assertThat(loading).containsExactly("app.Plain");
    }

    @Test
    void class_thatCannotBeRead_isCounted_andStaysAsItIs() {
        assertThat(weave("app.Wire", new byte[] {1, 2, 3})).isNull();
        assertThat(StallsightErrors.suppressed()).isEqualTo(errorsBefore + 1);
        assertThat(state(READ)).isEqualTo(State.FAILED);
    }

    @Test
    void classesOfTheAgent_areNotLookedAt() {
        assertThat(weave(StallsightHook.class.getName(), new byte[0])).isNull();
        assertThat(weaver.transform(null, Weaver.class.getClassLoader(), "app/Wire", null, null, new byte[0]))
                .isNull();
        assertThat(loading).isEmpty();
        assertThat(StallsightErrors.suppressed()).isEqualTo(errorsBefore);
    }

    @Test
    void warmUp_leavesNoTrace() {
        weaver.warmUp();
        assertThat(table.rows()).extracting(HookTable.Row::state).containsOnly(State.WAITING);
        assertThat(weaver.rewrittenClasses()).isEmpty();
    }

    /** What no sample has would be loaded in the middle of the first class that needs it. */
    @Test
    void warmUp_hasASampleOfEachType() {
        assertThat(WarmUpSample.class.getDeclaredMethods())
                .extracting(Method::getName)
                .contains(Stream.of(Point.Type.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void mayConcern_isTrueForClassesOfAShape() {
        Map<String, byte[]> classes = MemoryCompiler.compile(
                "package app; class A { boolean next() { return true; } java.sql.Types row() { return null; } }",
                "package app; class B { java.sql.Types row() { return null; } }");
        assertThat(weaver.mayConcern("app.A", classes.get("app.A"))).isTrue();
        assertThat(weaver.mayConcern("app.B", classes.get("app.B"))).isFalse();
    }

    @Test
    void connect_thatAlsoBlocks_hasBothHooks() throws ReflectiveOperationException {
        Catalog catalog = TestCatalogs.of("""
                {"blocking": [{"class": "app.Wire", "methods": ["read"], "kind": "SOCKET", "subject": "arg1"}],
                 "connection": [
                   {"at": "connect", "class": "app.Wire", "methods": ["read", "fail"], "subject": "arg1"},
                   {"at": "disconnect", "class": "app.Wire", "methods": ["close"]}]}
                """);
        HookTable own = new HookTable(catalog);
        StallsightAgent.attach(handler, own.flags());
        Map<String, byte[]> classes = new HashMap<>(MemoryCompiler.compile(WIRE));
        byte[] woven = weaver(catalog, own, (className, loader, domain) -> {})
                .transform(
                        Object.class.getModule(),
                        ClassLoader.getPlatformClassLoader(),
                        "app/Wire",
                        null,
                        null,
                        classes.get("app.Wire"));
        classes.put("app.Wire", woven);
        Object wire =
                new MemoryLoader(classes).loadClass("app.Wire").getConstructor().newInstance();

        invoke(wire, "read", 1, "shop");
        assertThatThrownBy(() -> invoke(wire, "fail", "cause")).isInstanceOf(InvocationTargetException.class);
        invoke(wire, "close");

        assertThat(handler.events)
                .contains(
                        "connecting " + wire + " to shop",
                        "connecting " + wire + " to null",
                        "connectFailed " + wire,
                        "disconnected " + wire);
        assertThat(handler.events)
                .filteredOn(event -> event.startsWith("connectFailed"))
                .hasSize(1);
        assertThat(handler.reports).hasSize(1);
        assertThat(own.rows()).allMatch(row -> row.state() == State.WOVEN);
    }

    @Test
    void sourceMap_isReadOfClassesThatNeedOneOnly() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "app/Shop", null, "java/lang/Object", null);
        writer.visitSource("Shop.kt", "SMAP of Shop");
        writer.visitEnd();
        List<String> maps = new ArrayList<>();
        Weaver reading = weaver(CATALOG, table, new Weaver.ClassWatch() {
            @Override
            public void loading(String className, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {}

            @Override
            public boolean isNamed(String className) {
                return className.equals("app.Shop");
            }

            @Override
            public void sourceMap(String className, String text) {
                maps.add(className + ": " + text);
            }
        });
        for (String name : List.of("app/Shop", "library/Shop")) {
            reading.transform(
                    Object.class.getModule(),
                    ClassLoader.getPlatformClassLoader(),
                    name,
                    null,
                    null,
                    writer.toByteArray());
        }
        assertThat(maps).containsExactly("app.Shop: SMAP of Shop");
    }
}
