package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.weavecache.WeaveCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What the weaver needs is loaded when it has warmed up: a class load inside of a class load fails. */
class WarmUpTest {

    @Test
    void afterTheWarmUp_noClassIsLoadedToWeave() throws Exception {
        EngineLoader loader = new EngineLoader();
        @SuppressWarnings("unchecked")
        BiFunction<String, byte[], byte[]> weaver = (BiFunction<String, byte[], byte[]>)
                loader.loadClass(Warm.class.getName()).getDeclaredConstructor().newInstance();
        assertThat(loader.loaded).as("by the warm-up").anyMatch(name -> name.endsWith(".ExitInliner"));
        loader.loaded.clear();

        int woven = 0;
        for (String name : List.of(
                "java.lang.Thread",
                "java.io.File",
                "java.nio.file.Files",
                "java.util.concurrent.ForkJoinPool",
                "java.util.concurrent.ThreadPoolExecutor",
                "sun.nio.ch.SelectorImpl",
                "sun.nio.ch.SocketChannelImpl")) {
            byte[] file = bytes(name);
            woven += weaver.apply(name.replace('.', '/'), file) == null ? 0 : 1;
        }
        for (HardShapes shape : HardShapes.values()) {
            woven += weaver.apply("app/Shapes", shape.classFile()) == null ? 0 : 1;
        }

        assertThat(woven).isGreaterThan(10);
        assertThat(loader.loaded).as("while classes were woven").isEmpty();
    }

    private static byte[] bytes(String name) throws IOException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }

    /** A weaver that has warmed up; is loaded by the loader below. */
    public static final class Warm implements BiFunction<String, byte[], byte[]> {

        private final Weaver weaver;

        public Warm() {
            Catalog catalog = TestCatalogs.of("""
                    {"blocking": [
                       {"class": "java.lang.Thread", "methods": ["join"], "kind": "JOIN"},
                       {"class": "java.io.File", "methods": ["list", "exists", "length"], "kind": "FILE"},
                       {"class": "java.nio.file.Files", "methods": ["walk", "readAllBytes", "copy", "lines"], "kind": "FILE"},
                       {"class": "java.util.concurrent.ForkJoinPool", "methods": ["awaitTermination", "helpAsyncBlocker", "scan"],
                         "kind": "JOIN", "subject": "arg0"},
                       {"class": "sun.nio.ch.SocketChannelImpl", "methods": ["read", "connect"], "kind": "SOCKET"},
                       {"class": "app.Shapes", "methods": ["f", "sum", "half", "narrow", "caught", "select", "nested", "ever", "array"],
                         "kind": "FILE", "subject": "arg1"}],
                     "idle": [{"class": "java.util.concurrent.ThreadPoolExecutor", "methods": ["getTask"]},
                       {"class": "sun.nio.ch.SelectorImpl", "methods": ["lockAndDoSelect"]}]}
                    """);
            HookTable table = new HookTable(catalog);
            NativeMethods natives = NativeMethods.of(TestCatalogs.builtIn(17));
            natives.points().forEach(table::woven); // as an installation does
            WeaveCache none = WeaveCache.none();
            weaver = new Weaver(
                    catalog,
                    table,
                    natives,
                    none,
                    new WeavingThread(none, classes -> {}, classes -> {}),
                    (name, loader, domain) -> {});
            weaver.warmUp();
        }

        @Override
        public byte[] apply(String name, byte[] classFile) {
            return weaver.transform(
                    Object.class.getModule(), ClassLoader.getPlatformClassLoader(), name, null, null, classFile);
        }
    }

    /** Has the engine's classes and their libraries once more, and knows what it has loaded. */
    private static final class EngineLoader extends ClassLoader {

        private final List<String> loaded = new ArrayList<>();

        EngineLoader() {
            super(WarmUpTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.stallsight.engine.") && !name.startsWith("net.bytebuddy.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                loaded.add(name);
                try {
                    byte[] file = bytes(name);
                    return defineClass(name, file, 0, file.length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
