package io.stallsight.engine.jmx;

import java.util.List;
import java.util.Map;

/** The MBean {@code io.stallsight:type=Agent}. Thread-safe; called on threads of the application. */
public interface AgentMXBean {

    /** Returns {@code observe} or {@code strict}. */
    String getMode();

    /** @throws IllegalArgumentException if the value is neither; the message lists the allowed values */
    void setMode(String mode);

    /** Returns the effective values of all options, by key. */
    Map<String, String> getSettings();

    /** Returns all findings, ordered by their total blocking time, longest first. */
    List<FindingData> getFindings();

    /** Returns all loops, with values of the last interval. */
    List<LoopData> getLoops();

    /** Returns all pools, with values of the last interval. */
    List<PoolData> getPools();

    /** Returns the number of stalls that have ended since the agent was attached. */
    long getStalls();

    /** Returns the number of internal errors of the agent that were kept away from the application. */
    long getErrors();

    /**
     * Changes an option at run time: {@code threshold.blocking}, {@code threshold.stall}, {@code allow},
     * {@code threads} or {@code mode}.
     *
     * @throws IllegalArgumentException if the key or the value is not acceptable; nothing is changed, and the message
     *     names the accepted ones
     */
    void set(String key, String value);

    /** Deletes all findings and history. */
    void reset();
}
