package io.stallsight.engine.log;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the application's SLF4J, by reflection in the application's loader. It never initializes SLF4J: the first
 * use of SLF4J starts the logging system, and if the agent were first, that would happen before the application has
 * configured it.
 */
final class Slf4jSink implements Sink {

    /** {@code LoggerFactory.SUCCESSFUL_INITIALIZATION}. The value is the same in all versions from SLF4J 1.5 to 2.0. */
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
     * Returns a sink for a loaded {@code org.slf4j.LoggerFactory}, or null until the application has initialized it.
     * Also null if SLF4J fails, as that of an application does whose loader is closed: that is no error of the agent.
     *
     * @param opener gives the engine access to the package, if it is in a named module
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
        } catch (ReflectiveOperationException | RuntimeException | LinkageError failsOrClosed) {
            return null;
        }
    }

    @Override
    public boolean ready() {
        try {
            return Boolean.TRUE.equals(isWarnEnabled.invoke(logger));
        } catch (ReflectiveOperationException | RuntimeException failsOrClosed) {
            return false;
        }
    }

    @Override
    public boolean warn(String text) {
        return write(warn, text);
    }

    @Override
    public boolean info(String text) {
        return write(info, text);
    }

    private boolean write(Method method, String text) {
        try {
            method.invoke(logger, text);
            return true;
        } catch (ReflectiveOperationException | RuntimeException failsOrClosed) {
            return false;
        }
    }
}
