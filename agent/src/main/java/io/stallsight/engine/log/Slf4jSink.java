package io.stallsight.engine.log;

import io.stallsight.hook.StallsightErrors;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The application's SLF4J, reached by reflection in the application's loader. Never the one to initialise it: a logging
 * system that is set up by its first use would be set up too early, and without the application's configuration.
 */
final class Slf4jSink implements Sink {

    /**
     * {@code LoggerFactory.SUCCESSFUL_INITIALIZATION} and {@code NOP_FALLBACK_INITIALIZATION}, the same in SLF4J 1.5 to
     * 2.0.
     */
    private static final int INITIALIZED = 3;

    private static final String LOGGER = "stallsight";

    private final Object logger;
    private final Method isWarnEnabled;
    private final Method warn;
    private final Method info;

    private Slf4jSink(Object logger, Class<?> type) throws NoSuchMethodException {
        this.logger = logger;
        this.isWarnEnabled = type.getMethod("isWarnEnabled");
        this.warn = type.getMethod("warn", String.class);
        this.info = type.getMethod("info", String.class);
    }

    /**
     * The sink for a loaded {@code org.slf4j.LoggerFactory}, or null as long as the application has not initialised it.
     *
     * @param opener lets the engine reflect on a package of a named module
     */
    static @Nullable Slf4jSink of(Class<?> loggerFactory, Opener opener) {
        try {
            opener.open(loggerFactory);
            Field state = loggerFactory.getDeclaredField("INITIALIZATION_STATE");
            state.setAccessible(true);
            if (state.getInt(null) != INITIALIZED) {
                return null;
            }
            Object logger = loggerFactory.getMethod("getLogger", String.class).invoke(null, LOGGER);
            return new Slf4jSink(logger, Class.forName("org.slf4j.Logger", false, loggerFactory.getClassLoader()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightErrors.suppress(e);
            return null;
        }
    }

    @Override
    public boolean ready() {
        return Boolean.TRUE.equals(call(isWarnEnabled));
    }

    @Override
    public void warn(String text) {
        call(warn, text);
    }

    @Override
    public void info(String text) {
        call(info, text);
    }

    private @Nullable Object call(Method method, Object... arguments) {
        try {
            return method.invoke(logger, arguments);
        } catch (ReflectiveOperationException | RuntimeException e) {
            StallsightErrors.suppress(e);
            return null;
        }
    }
}
