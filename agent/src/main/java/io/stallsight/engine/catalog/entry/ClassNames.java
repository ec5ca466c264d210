package io.stallsight.engine.catalog.entry;

/** Names of classes as people write them. */
public final class ClassNames {

    private ClassNames() {}

    /** {@code java.net.Socket$SocketInputStream} is {@code SocketInputStream}. */
    public static String simple(String className) {
        // a Scala object's class ends with a dollar sign
        String name = className.endsWith("$") ? className.substring(0, className.length() - 1) : className;
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
