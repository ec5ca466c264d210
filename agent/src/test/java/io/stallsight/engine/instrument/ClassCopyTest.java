package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ClassCopyTest {

    /** Not public: another loader's class of the same name must not name it. */
    static class Hidden {}

    /** Is copied. */
    public static final class Original implements Predicate<Object> {

        @Override
        public boolean test(Object object) {
            return object instanceof Hidden && Hidden.class.isInstance(object);
        }
    }

    @Test
    void copy_inAnotherLoader_knowsClassesThatAreNotPublic() throws Exception {
        Class<?> copy = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define(byte[] bytes) {
                return defineClass(Original.class.getName(), bytes, 0, bytes.length);
            }
        }.define(ClassCopy.of(bytes(Original.class)));
        @SuppressWarnings("unchecked")
        Predicate<Object> predicate =
                (Predicate<Object>) copy.getDeclaredConstructor().newInstance();

        assertThat(copy).isNotSameAs(Original.class);
        assertThat(predicate.test(new Hidden())).isTrue();
        assertThat(predicate.test("other")).isFalse();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(
                type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            return in.readAllBytes();
        }
    }
}
