package io.stallsight.engine.origin;

/** Whose code a class is. */
public enum Origin {
    /** The service's own. */
    APPLICATION,
    /** Of a library, a framework or a driver. */
    LIBRARY,
    /** Its place does not say: only its name can. */
    UNKNOWN
}
