package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.hook.StallsightErrors;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
            HostRule rule = rule(loaded.getName());
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

    /** That of the class, or of the one of which it is a copy. */
    private @Nullable HostRule rule(String className) {
        for (String name = className; name != null; name = ClassNames.original(name)) {
            HostRule rule = rules.get(name);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    private static boolean isInitialized(Class<?> type) throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe", true, null);
        Method question = unsafe.getMethod("shouldBeInitialized", Class.class);
        return !(boolean) question.invoke(unsafe.getMethod("getUnsafe").invoke(null), type);
    }

    /** A static field, and a path from there if there is a dot. */
    private static @Nullable Object staticField(Class<?> type, String path) throws ReflectiveOperationException {
        int dot = path.indexOf('.');
        Field field = type.getDeclaredField(dot < 0 ? path : path.substring(0, dot));
        field.setAccessible(true);
        Object value = field.get(null);
        MemberPath rest = MemberPath.of(dot < 0 ? null : path.substring(dot + 1));
        return value == null || rest == null ? value : rest.follow(value);
    }
}
