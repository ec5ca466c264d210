package io.stallsight.engine.config;

/** How what could hold data of users (hosts, paths, SQL) is shown outside of the JVM. */
public enum Detail {
    /** Reduced to its shape. */
    SHAPE,
    /** As it is. */
    FULL
}
