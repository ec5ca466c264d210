package io.stallsight.engine.catalog.point;

import io.stallsight.engine.catalog.entry.MethodPattern;

/**
 * The method that a point weaves.
 *
 * @param owner class name with dots, or for a shape the name of its API
 * @param method the method, or all its overloads
 * @param presence whether the method must be there once its class is
 */
public record Target(String owner, MethodPattern method, Presence presence) {

    /** What it means that a loaded class does not have the method. */
    public enum Presence {
        /** A hole, which the agent reports. */
        REQUIRED,
        /** Nothing: some versions of the class have no such method. */
        OPTIONAL
    }

    /** A method that must be there. */
    public static Target of(String owner, MethodPattern method) {
        return new Target(owner, method, Presence.REQUIRED);
    }
}
