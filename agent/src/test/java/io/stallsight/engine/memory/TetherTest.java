package io.stallsight.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TetherTest {

    /** An object of an application: it refers to the application's loader. */
    private record Predicate(ClassLoader application) {}

    private @Nullable ClassLoader loader = new URLClassLoader(new URL[0]);

    private Tether<Predicate> tether() {
        return Tether.toLoader(loader, new Predicate(loader));
    }

    private static boolean within(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(10);
        }
        return condition.getAsBoolean();
    }

    @Test
    void object_staysAsLongAsTheLoader() throws InterruptedException {
        Tether<Predicate> tether = tether();
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        assertThat(within(() -> garbage.refersTo(null))).isTrue();
        assertThat(tether.get()).isEqualTo(new Predicate(loader));
        assertThat(tether.isGone()).isFalse();
    }

    @Test
    void objectThatRefersToItsLoader_goesWithTheLoader() throws InterruptedException {
        Tether<Predicate> tether = tether();
        WeakReference<ClassLoader> reference = new WeakReference<>(loader);
        loader = null;
        assertThat(within(() -> reference.refersTo(null))).isTrue();
        assertThat(tether.isGone()).isTrue();
        assertThat(tether.get()).isNull();
    }

    @Test
    void release_letsGoOfTheObject() throws InterruptedException {
        Tether<Predicate> tether = tether();
        WeakReference<Predicate> reference = new WeakReference<>(tether.get());
        tether.release();
        assertThat(tether.isGone()).isTrue();
        assertThat(within(() -> reference.refersTo(null))).isTrue();
    }

    @Test
    void object_stays_whileAnotherThreadLetsGoOfTheLastOne() throws InterruptedException {
        List<Class<?>> holders = manyClasses();
        AtomicInteger current = new AtomicInteger();
        Thread other = new Thread(() -> {
            for (int index = current.get(); index < holders.size(); index = current.get()) {
                Tether.toClass(holders.get(index), new Object()).release();
            }
        });
        other.start();
        List<Tether<Object>> kept = new ArrayList<>();
        for (Class<?> holder : holders) {
            kept.add(Tether.toClass(holder, new Object()));
            current.incrementAndGet();
        }
        other.join();

        WeakReference<Object> garbage = new WeakReference<>(new Object());
        assertThat(within(() -> garbage.refersTo(null))).isTrue();
        assertThat(kept).noneMatch(Tether::isGone);
    }

    /** Each is a holder that no test has used. */
    private static List<Class<?>> manyClasses() {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> element : List.of(byte.class, short.class, char.class, int.class, long.class, float.class)) {
            Class<?> type = element;
            for (int dimensions = 0; dimensions < 255; dimensions++) {
                type = type.arrayType();
                classes.add(type);
            }
        }
        return classes;
    }
}
