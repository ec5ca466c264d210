package io.stallsight.engine;

import io.stallsight.engine.instrument.HookInjector;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Properties;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reports the result of an attach to the command line in another process, through the JVM's agent properties. Only the
 * attach API reads these; the application would see system properties.
 */
final class AgentStatus {

    private static final String ANSWER = "stallsight.answer.";
    private static final int MAX_ANSWERS = 8;

    private final Instrumentation instrumentation;
    private final Queue<String> answers = new ArrayDeque<>();
    private @Nullable Properties properties;

    AgentStatus(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    synchronized void set(String state) {
        put("stallsight.state", state);
    }

    /** The address of the dashboard. */
    synchronized void dashboard(String address) {
        put("stallsight.http", address);
    }

    /** The path of the socket that takes requests; empty if there is none. */
    synchronized void requests(String path) {
        put("stallsight.requests", path);
    }

    /** A process reads its answer at once. A few answers are kept, because several processes may ask. */
    synchronized void answer(String id, String text) {
        put(ANSWER + id, text);
    }

    private void put(String key, String value) {
        Properties agent = agentProperties();
        if (agent == null) {
            return; // the command line then says that it does not know
        }
        if (key.startsWith(ANSWER)) {
            answers.add(key);
            while (answers.size() > MAX_ANSWERS) {
                agent.remove(answers.remove());
            }
        }
        agent.setProperty(key, value);
    }

    private @Nullable Properties agentProperties() {
        if (properties == null) {
            try {
                Class<?> support = Class.forName("jdk.internal.vm.VMSupport", true, null);
                HookInjector.open(instrumentation, support, AgentStatus.class.getModule());
                Method method = support.getMethod("getAgentProperties");
                method.setAccessible(true);
                properties = (Properties) method.invoke(null);
            } catch (ReflectiveOperationException | RuntimeException moved) {
                return null;
            }
        }
        return properties;
    }
}
