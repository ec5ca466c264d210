package app.lifecycle;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent that remembers what bytes each class was given by the last of its transformations. It never asks for a
 * transformation: a retransformation of its own would repair what another agent left behind, and so hide it.
 *
 * <p>Two transformers: one that was there before the agent under test and sees the originals, and one that is added
 * anew after each attach, hence last in the chain, and sees what the classes become.
 */
public final class ClassBytes {

    /** Class and loader: a name alone is not unique. */
    private record Key(String name, int loader) {}

    private static final Map<Key, byte[]> ORIGINAL = new LinkedHashMap<>();
    private static final Map<Key, byte[]> RESULT = new LinkedHashMap<>();
    private static final List<Object> KEPT = new ArrayList<>();

    private static final ClassFileTransformer FIRST = new Recorder(ORIGINAL);
    private static @Nullable ClassFileTransformer last;
    private static @Nullable Instrumentation instrumentation;

    private ClassBytes() {}

    /** Called by the JVM. */
    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
        given.addTransformer(FIRST, true);
    }

    static synchronized <T> T keep(T object) {
        KEPT.add(object); // else its class may be unloaded
        return object;
    }

    /** The agent under test has been attached: from here on, what its transformer makes is seen. */
    static void attached() {
        Instrumentation agent = agent();
        ClassFileTransformer former = last;
        if (former != null) {
            agent.removeTransformer(former);
        }
        last = new Recorder(RESULT);
        agent.addTransformer(last, true);
    }

    /** Which of the classes that the agent under test has touched are not again what they were. */
    static List<String> restored() {
        List<String> problems = new ArrayList<>();
        Map<Key, byte[]> original = copy(ORIGINAL);
        Map<Key, byte[]> result = copy(RESULT);
        original.forEach((key, bytes) -> {
            byte[] last = result.get(key);
            if (last == null) {
                problems.add(key.name() + " was transformed by the attach and not by the detach");
            } else if (!Arrays.equals(bytes, last)) {
                problems.add(key.name() + " differs: " + bytes.length + " bytes originally, " + last.length
                        + " bytes at last");
            }
        });
        synchronized (RESULT) {
            RESULT.clear();
        }
        synchronized (ORIGINAL) {
            ORIGINAL.clear();
        }
        return problems;
    }

    private static int lastSize;

    /** How many classes the last check was about. */
    static int size() {
        return lastSize;
    }

    private static Map<Key, byte[]> copy(Map<Key, byte[]> map) {
        synchronized (map) {
            lastSize = map.size();
            return new LinkedHashMap<>(map);
        }
    }

    private static Instrumentation agent() {
        Instrumentation given = instrumentation;
        if (given == null) {
            throw new IllegalStateException("not loaded with -javaagent");
        }
        return given;
    }

    /** Remembers the bytes of retransformed classes and of {@link LateClass}; transforms nothing. */
    private record Recorder(Map<Key, byte[]> bytes) implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (name != null
                    && (redefined != null
                            || name.endsWith("/LateClass") && loader != ClassBytes.class.getClassLoader())) {
                synchronized (bytes) {
                    bytes.put(new Key(name, System.identityHashCode(loader)), classFile.clone());
                }
            }
            return null;
        }
    }
}
