package io.stallsight.engine.cli;

import org.jspecify.annotations.Nullable;

/**
 * A JVM as {@code ps} shows it.
 *
 * @param main its main class, or the file name of its jar, without arguments: these may be secrets
 * @param java version of its JDK; null if it does not answer
 * @param agent {@code attached}, or the reason why it is not
 * @param dashboard address of its dashboard, if it has one
 */
record JvmRow(
        long pid,
        String main,
        @Nullable String java,
        String agent,
        @Nullable String dashboard) {

    /** {@code /opt/shop/shop.jar --port 80} is {@code shop.jar}. */
    static String main(String command) {
        int space = command.indexOf(' ');
        String first = space < 0 ? command : command.substring(0, space);
        boolean isFile = first.endsWith(".jar") || first.endsWith(".war");
        String name = isFile ? first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1) : first;
        return name.isEmpty() ? "(unknown)" : name;
    }
}
