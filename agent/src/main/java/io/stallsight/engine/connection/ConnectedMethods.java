package io.stallsight.engine.connection;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.ConnectionRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.reflect.ClosedLoaders;
import io.stallsight.hook.StallsightErrors;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks connections whether they had been established, by the methods that the catalog names. Thread-safe. */
final class ConnectedMethods {

    private record Found(@Nullable Method method) {}

    private final ClassMap<Found> methods;

    ConnectedMethods(List<ConnectionRule> rules) {
        methods = new ClassMap<>(type -> new Found(find(type, rules)));
    }

    /** False if the connection says that it never was established; true also if it cannot say. */
    boolean wasConnected(Object connection) {
        Method method = methods.get(connection.getClass()).method;
        try {
            return method == null || !Boolean.FALSE.equals(method.invoke(connection));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return true;
        }
    }

    private static @Nullable Method find(Class<?> type, List<ConnectionRule> rules) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (ConnectionRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    try {
                        Method method = at.getMethod(rule.connected());
                        return method.trySetAccessible() ? method : null;
                    } catch (NoSuchMethodException | RuntimeException | LinkageError e) {
                        if (!ClosedLoaders.isClosed(type)) {
                            StallsightErrors.suppress(e);
                        }
                    }
                }
            }
        }
        return null;
    }
}
