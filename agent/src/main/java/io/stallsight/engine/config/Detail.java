package io.stallsight.engine.config;

/** How texts that may hold data of users (hosts, paths, SQL) are shown outside of the JVM. */
public enum Detail {
    /** Reduced to their shape. */
    SHAPE,
    /** As they are. */
    FULL
}
