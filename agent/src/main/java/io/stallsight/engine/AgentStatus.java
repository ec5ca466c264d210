package io.stallsight.engine;

import io.stallsight.engine.instrument.HookInjector;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Properties;

/**
 * Tells the command line in another process how an attach went, through the JVM's agent properties, which only the
 * attach API reads: system properties would be seen by the application.
 */
final class AgentStatus {

    private final Instrumentation instrumentation;

    AgentStatus(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    void set(String state) {
        try {
            Class<?> support = Class.forName("jdk.internal.vm.VMSupport", true, null);
            HookInjector.open(instrumentation, support, AgentStatus.class.getModule());
            Method properties = support.getMethod("getAgentProperties");
            properties.setAccessible(true);
            ((Properties) properties.invoke(null)).setProperty("stallsight.state", state);
        } catch (ReflectiveOperationException | RuntimeException moved) {
            // the command line then says that it does not know
        }
    }
}
