package io.stallsight.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes a value that JUnit closes together with the store that has it. Since 5.13 JUnit closes every
 * {@link AutoCloseable} there; older versions close only values of a type of their own, which later versions deprecate.
 */
final class StoredEnd {

    /** Came with JUnit 5.13. */
    private static final String CLOSES_AUTO_CLOSEABLES = "org.junit.jupiter.api.ClassTemplate";

    private static final boolean IS_BEFORE_5_13 = isMissing(CLOSES_AUTO_CLOSEABLES);

    private StoredEnd() {}

    private static boolean isMissing(String className) {
        try {
            Class.forName(className, false, ExtensionContext.class.getClassLoader());
            return false;
        } catch (ClassNotFoundException missing) {
            return true;
        }
    }

    static Object of(AutoCloseable end) {
        return IS_BEFORE_5_13 ? new Resource(end) : end;
    }

    /** A class of its own: a JUnit without this type must not load it. */
    @SuppressWarnings("deprecation")
    private record Resource(AutoCloseable end) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() throws Exception {
            end.close();
        }
    }
}
