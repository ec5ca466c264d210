package io.stallsight.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightErrors;
import io.stallsight.testing.MemoryCompiler;
import io.stallsight.testing.MemoryLoader;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application's SLF4J, in the application's own loader. */
class Slf4jSinkTest {

    private static final String LOGGER = """
            package org.slf4j;
            public interface Logger {
                boolean isWarnEnabled();
                void warn(String text);
                void info(String text);
            }
            """;

    private static final String FACTORY = """
            package org.slf4j;
            public final class LoggerFactory {
                static volatile int INITIALIZATION_STATE = 0;
                public static volatile boolean warnEnabled = true;
                public static final java.util.List<String> written = new java.util.ArrayList<>();
                public static void initialize() { INITIALIZATION_STATE = 3; }
                public static Logger getLogger(String name) {
                    return new Logger() {
                        public boolean isWarnEnabled() { return warnEnabled; }
                        public void warn(String text) { written.add(name + " WARN " + text); }
                        public void info(String text) { written.add(name + " INFO " + text); }
                    };
                }
            }
            """;

    private ClassLoader loader;
    private Class<?> factory;

    @BeforeEach
    void load() throws ClassNotFoundException {
        loader = new MemoryLoader(MemoryCompiler.compile(LOGGER, FACTORY));
        factory = loader.loadClass("org.slf4j.LoggerFactory");
        assertThat(factory.getClassLoader()).isSameAs(loader);
    }

    private void initialize() throws ReflectiveOperationException {
        factory.getMethod("initialize").invoke(null);
    }

    @SuppressWarnings("unchecked")
    private List<String> written() throws ReflectiveOperationException {
        return (List<String>) factory.getField("written").get(null);
    }

    @Test
    void of_returnsNull_beforeTheApplicationInitializesSlf4j() {
        long errors = StallsightErrors.suppressed();
        assertThat(Slf4jSink.of(factory, in -> {})).isNull();
        assertThat(StallsightErrors.suppressed()).isEqualTo(errors);
    }

    @Test
    void sink_writesToInitializedSlf4j() throws ReflectiveOperationException {
        initialize();
        Slf4jSink sink = Slf4jSink.of(factory, in -> {});
        assertThat(sink).isNotNull();
        sink.warn("a");
        sink.info("b");
        assertThat(written()).containsExactly("stallsight WARN a", "stallsight INFO b");
    }

    @Test
    void ready_isFalse_whileTheLoggerIsDisabled() throws ReflectiveOperationException {
        initialize();
        Slf4jSink sink = Slf4jSink.of(factory, in -> {});
        assertThat(sink.ready()).isTrue();
        factory.getField("warnEnabled").set(null, false);
        assertThat(sink.ready()).isFalse();
    }

    @Test
    void afterARedeployment_theLoggerOfTheYoungerApplicationIsUsed() throws Exception {
        initialize();
        LogOutput log = new LogOutput(in -> {}, null);
        log.slf4jLoading(loader);
        log.start();
        log.warn("to the first");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (written().isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(1);
        }
        assertThat(written()).containsExactly("stallsight WARN to the first");
        List<String> first = written();

        load();
        initialize();
        log.slf4jLoading(loader);
        log.warn("to the second");
        log.stop();

        assertThat(written()).containsExactly("stallsight WARN to the second");
        assertThat(first).hasSize(1);
    }

    @Test
    void logOutput_doesNotKeepTheApplication() throws Exception {
        initialize();
        LogOutput log = new LogOutput(in -> {}, null);
        log.slf4jLoading(loader);
        log.start();
        log.warn("hello");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (written().isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(1);
        }
        WeakReference<ClassLoader> application = new WeakReference<>(loader);
        loader = null;
        factory = null;
        while (!application.refersTo(null) && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(5);
        }
        assertThat(application.get()).isNull();
        log.stop();
    }

    @Test
    void logOutput_findsSlf4jInTheApplicationsLoader() throws Exception {
        initialize();
        LogOutput log = new LogOutput(in -> {}, null);
        log.slf4jLoading(loader);
        log.start();
        log.warn("hello");
        log.stop();
        assertThat(written()).containsExactly("stallsight WARN hello");
    }
}
