package io.stallsight.engine;

import io.stallsight.engine.instrument.HookInjector;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Properties;
import java.util.Queue;

/**
 * Tells the command line in another process how an attach went, through the JVM's agent properties, which only the
 * attach API reads: system properties would be seen by the application.
 */
final class AgentStatus {

    private static final String ANSWER = "stallsight.answer.";
    private static final int MOST_ANSWERS = 8;

    private final Instrumentation instrumentation;
    private final Queue<String> answers = new ArrayDeque<>();

    AgentStatus(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    synchronized void set(String state) {
        put("stallsight.state", state);
    }

    /** Where the dashboard is. */
    synchronized void dashboard(String address) {
        put("stallsight.http", address);
    }

    /** Who asks reads it at once; a few are kept, as several may ask. */
    synchronized void answer(String id, String text) {
        put(ANSWER + id, text);
    }

    private void put(String key, String value) {
        try {
            Class<?> support = Class.forName("jdk.internal.vm.VMSupport", true, null);
            HookInjector.open(instrumentation, support, AgentStatus.class.getModule());
            Method properties = support.getMethod("getAgentProperties");
            properties.setAccessible(true);
            Properties agent = (Properties) properties.invoke(null);
            if (key.startsWith(ANSWER)) {
                answers.add(key);
                while (answers.size() > MOST_ANSWERS) {
                    agent.remove(answers.remove());
                }
            }
            agent.setProperty(key, value);
        } catch (ReflectiveOperationException | RuntimeException moved) {
            // the command line then says that it does not know
        }
    }
}
