package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.testing.Quarry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A class loader has any name, and the JVM calls its override of {@code loadClass} directly. */
class LoadedSubclassesTest {

    private static final String RULE =
            "{\"allow\": [{\"frames\": \"java.lang.ClassLoader#loadClass\", \"overrides\": true,"
                    + " \"reason\": \"class loading\", \"link\": \"https://example.org\"}]}";

    private final List<Class<?>> loaded = new ArrayList<>();
    private int lookUps;

    private final StackInspector inspector =
            new StackInspector(new FrameRules(TestCatalogs.of(RULE).frameRules(), new LoadedSubclasses(() -> {
                lookUps++;
                return loaded.toArray(new Class<?>[0]);
            })));

    private boolean allows(StackTraceElement[] stack) {
        return inspector.inspect(stack).stack() == null;
    }

    @Test
    void overrideOnTheCurrentThread_isCoveredWithoutTheListOfClasses() {
        List<Boolean> allowed = new ArrayList<>();
        new Quarry(() -> allowed.add(allows(new Throwable().getStackTrace()))).loadClass("any");

        assertThat(allowed).containsExactly(true);
        assertThat(lookUps).isZero();
    }

    @Test
    void implementationOfAnInterface_isASubclass() {
        Subclasses subclasses = new LoadedSubclasses(() -> new Class<?>[] {ArrayList.class});

        assertThat(subclasses.isSubclass("java.util.ArrayList", "java.util.RandomAccess"))
                .isTrue();
        assertThat(subclasses.isSubclass("java.util.ArrayList", "java.lang.Iterable"))
                .as("an interface of an interface")
                .isTrue();
        assertThat(subclasses.isSubclass("java.util.ArrayList", "java.lang.Runnable"))
                .isFalse();
    }

    @Test
    void methodOfTheSameNameInAnotherClass_isNotCovered() {
        List<Boolean> allowed = new ArrayList<>();
        Quarry.Loads.loadClass(() -> allowed.add(allows(new Throwable().getStackTrace())));

        assertThat(allowed).containsExactly(false);
    }

    @Test
    void overrideOnAnotherThread_isCoveredAndLookedUpOnce() throws InterruptedException {
        loaded.add(Quarry.Loads.class);
        loaded.add(Quarry.class);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread loader = new Thread(() -> new Quarry(() -> {
                    inside.countDown();
                    await(end);
                })
                .loadClass("any"));
        loader.start();
        await(inside);
        StackTraceElement[] stack = loader.getStackTrace();
        end.countDown();
        loader.join();

        assertThat(allows(stack)).isTrue();
        assertThat(allows(stack)).isTrue();
        assertThat(lookUps).isOne();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void byName_aLoaderThatIsCalledOne_isCovered() {
        StackInspector recorded =
                new StackInspector(new FrameRules(TestCatalogs.of(RULE).frameRules()));

        assertThat(recorded.inspect(stack("io.quarkus.bootstrap.runner.RunnerClassLoader"))
                        .stack())
                .isNull();
        assertThat(recorded.inspect(stack("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader"))
                        .stack())
                .isNull();
        assertThat(recorded.inspect(stack("com.acme.Plugins")).stack()).isNotNull();
    }

    private static StackTraceElement[] stack(String loader) {
        return new StackTraceElement[] {
            new StackTraceElement("java.util.zip.ZipFile", "read", "ZipFile.java", 1),
            new StackTraceElement(loader, "loadClass", "Loader.java", 2),
            new StackTraceElement("com.acme.Orders", "find", "Orders.java", 3)
        };
    }
}
