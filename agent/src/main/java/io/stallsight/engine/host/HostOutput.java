package io.stallsight.engine.host;

/** Shows what the agent knows in something of the application's. Called on one thread of the agent. */
public interface HostOutput {

    /** The application has this; it may be told more than once, and while it is still being made. */
    void found(Object host);

    /** Once an interval, from the first {@link #found} on. */
    default void refresh() {}

    /** Takes back everything that was put into the application. */
    void close();
}
