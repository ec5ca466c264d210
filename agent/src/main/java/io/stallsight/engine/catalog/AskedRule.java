package io.stallsight.engine.catalog;

/**
 * Where a call that another tool knows under the name of a native method is seen: native methods have no body to weave.
 *
 * @param calls the other tool's name of it, {@code java.io.FileInputStream#readBytes([BII)I}
 * @param as the name under which the call is told on every JDK, in the same form
 * @param owner class that is woven
 * @param method that is woven
 * @param virtual whether a virtual thread in {@code method} comes to the native method
 */
public record AskedRule(String calls, String as, String owner, MethodPattern method, boolean virtual) {}
