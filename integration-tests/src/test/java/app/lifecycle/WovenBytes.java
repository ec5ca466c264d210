package app.lifecycle;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent that remembers the bytes of each class after its last transformation. It requests no transformation after
 * the agent under test has gone: that would repair leftovers, and so hide them.
 *
 * <p>It has two transformers. One exists before the agent under test and sees the originals. The other is added after
 * each attach and sees the result. The JVM calls transformers in the order in which their agents came, so this agent is
 * loaded again, too.
 */
public final class WovenBytes {

    /** Class and loader: a name alone is not unique. */
    private record Key(String name, int loader) {
        static Key of(Class<?> type) {
            return new Key(type.getName().replace('.', '/'), System.identityHashCode(type.getClassLoader()));
        }
    }

    private static final Map<Key, byte[]> ORIGINAL = new LinkedHashMap<>();
    private static final Map<Key, byte[]> RESULT = new LinkedHashMap<>();
    private static final List<Object> KEPT = new ArrayList<>();

    private static final ClassFileTransformer FIRST = new Recorder(ORIGINAL);
    private static @Nullable Instrumentation latest;

    private WovenBytes() {}

    /** Called by the JVM. */
    public static void premain(@Nullable String arguments, Instrumentation given) {
        given.addTransformer(FIRST, true);
    }

    /** Called by the JVM when this agent is loaded once more, after the agent under test. */
    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        latest = given;
        given.addTransformer(new Recorder(RESULT), true);
    }

    static synchronized <T> T keep(T object) {
        KEPT.add(object); // keeps its class from being unloaded
        return object;
    }

    /**
     * Requests one more transformation of the classes that the agent under test has changed, to see their bytes while
     * the agent is attached.
     *
     * @return the classes whose bytes are not the original ones
     */
    static List<String> capture() throws UnmodifiableClassException {
        Instrumentation agent = agent();
        Map<Key, byte[]> touched = copy(ORIGINAL);
        agent.retransformClasses(Arrays.stream(agent.getAllLoadedClasses())
                .filter(type -> touched.containsKey(Key.of(type)))
                .toArray(Class<?>[]::new));
        return changed();
    }

    /** The classes whose bytes are not the original ones. */
    static List<String> changed() {
        Map<Key, byte[]> result = copy(RESULT);
        return copy(ORIGINAL).entrySet().stream()
                .filter(entry -> !Arrays.equals(entry.getValue(), result.get(entry.getKey())))
                .map(entry -> entry.getKey().name())
                .toList();
    }

    /** Ends a round. */
    static void forget() {
        synchronized (RESULT) {
            RESULT.clear();
        }
        synchronized (ORIGINAL) {
            ORIGINAL.clear();
        }
    }

    /** The classes of all engines that are in memory after a garbage collection. */
    static long classesOfEngines() throws InterruptedException {
        long before = Long.MAX_VALUE;
        long now = loadedOfEngines();
        while (now < before) {
            before = now;
            System.gc();
            Thread.sleep(100); // references are cleared by a thread of the JVM
            System.gc();
            now = loadedOfEngines();
        }
        return now;
    }

    private static long loadedOfEngines() {
        return Arrays.stream(agent().getAllLoadedClasses())
                .filter(type -> type.getName().startsWith("io.stallsight.engine."))
                .count();
    }

    private static Map<Key, byte[]> copy(Map<Key, byte[]> map) {
        synchronized (map) {
            return new LinkedHashMap<>(map);
        }
    }

    private static Instrumentation agent() {
        Instrumentation given = latest;
        if (given == null) {
            throw new IllegalStateException("not loaded after the agent under test");
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
            if (name != null && (redefined != null || isLate(loader, name))) {
                synchronized (bytes) {
                    bytes.put(new Key(name, System.identityHashCode(loader)), classFile.clone());
                }
            }
            return null;
        }

        private static boolean isLate(@Nullable ClassLoader loader, String name) {
            return name.endsWith("/LateClass") && loader != WovenBytes.class.getClassLoader();
        }
    }
}
