package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.hook.StallsightErrors;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Finds host objects in static fields: in a JVM that ran before the agent, no hook saw them. */
public final class LoadedHosts {

    private final Instrumentation instrumentation;
    private final Map<String, HostRule> rules = new HashMap<>();

    public LoadedHosts(Instrumentation instrumentation, List<HostRule> rules) {
        this.instrumentation = instrumentation;
        for (HostRule rule : rules) {
            if (rule.field() != null) {
                this.rules.put(rule.className(), rule);
            }
        }
    }

    /** Searches once. A class that is not initialised has no host yet, and stays as it is. */
    public void find(BiConsumer<HostRule.Role, Object> found) {
        Module engine = LoadedHosts.class.getModule();
        HookInjector.open(instrumentation, Object.class.getModule(), "jdk.internal.misc", engine);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            HostRule rule = rules.get(loaded.getName());
            if (rule != null && rule.field() != null) {
                try {
                    HookInjector.open(instrumentation, loaded, engine);
                    Object host = isInitialized(loaded) ? staticField(loaded, rule.field()) : null;
                    if (host != null) {
                        found.accept(rule.role(), host);
                    }
                } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                    StallsightErrors.suppress(e);
                }
            }
        }
    }

    private static boolean isInitialized(Class<?> type) throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe", true, null);
        Method question = unsafe.getMethod("shouldBeInitialized", Class.class);
        return !(boolean) question.invoke(unsafe.getMethod("getUnsafe").invoke(null), type);
    }

    private static Object staticField(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }
}
