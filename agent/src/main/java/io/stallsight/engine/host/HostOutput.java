package io.stallsight.engine.host;

/**
 * Exports measurements through an object of the application, the host: a Micrometer registry, an OpenTelemetry, the
 * MBeanServer. All methods are called on the thread {@code stallsight-hosts}. What they throw is counted as an error of
 * the agent.
 */
public interface HostOutput {

    /** Called when the application uses a host. May be called repeatedly for one host, also during its construction. */
    void found(Object host);

    /** Whether it wants to be refreshed: the thread wakes up for that. */
    default boolean refreshes() {
        return true;
    }

    /** Called once per interval, from the first {@link #found} on. */
    default void refresh() {}

    /** Removes from the hosts everything that this output has added. */
    void close();
}
