package io.stallsight.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stallsight.api.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

    @FailOnBlocking(
            threshold = "1ms",
            kinds = {Kind.SLEEP, Kind.LOCK},
            threads = "shop-*",
            when = FailOnBlocking.When.CALL)
    @AllowBlocking(value = "com.shop.One", reason = "the first")
    @AllowBlocking(value = "com.shop.Two", reason = "the second")
    static class Annotated {}

    /** Has copies of all classes of this project, as the loaders of Quarkus have. */
    private static final class Copies extends ClassLoader {

        Copies() {
            super(AnnotationsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.stallsight.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void testOfAnotherLoader_hasItsAnnotations() throws ClassNotFoundException {
        Class<?> copy = Class.forName(Annotated.class.getName(), true, new Copies());
        assertThat(copy.getAnnotation(FailOnBlocking.class)).isNull();

        expect(new Annotations(copy.getClassLoader()), copy);
    }

    @Test
    void testOfTheSameLoader_hasItsAnnotations() {
        expect(new Annotations(Annotated.class.getClassLoader()), Annotated.class);
    }

    private static void expect(Annotations annotations, Class<?> type) {
        FailOnBlocking found = annotations
                .nearest(List.of(String.class, type), FailOnBlocking.class)
                .orElseThrow();
        assertThat(found.threshold()).isEqualTo("1ms");
        assertThat(found.kinds()).containsExactly(Kind.SLEEP, Kind.LOCK);
        assertThat(found.threads()).containsExactly("shop-*");
        assertThat(found.when()).isEqualTo(FailOnBlocking.When.CALL);
        assertThat(found.annotationType()).isEqualTo(FailOnBlocking.class);
        assertThat(annotations.nearest(List.of(type), FailOnStall.class)).isEmpty();
        assertThat(annotations.all(type, AllowBlocking.class))
                .extracting(AllowBlocking::value, AllowBlocking::reason)
                .containsExactly(tuple("com.shop.One", "the first"), tuple("com.shop.Two", "the second"));
    }
}
