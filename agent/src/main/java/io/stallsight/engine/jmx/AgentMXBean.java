package io.stallsight.engine.jmx;

import java.util.List;
import java.util.Map;

/** {@code io.stallsight:type=Agent}. */
public interface AgentMXBean {

    /** {@code observe} or {@code strict}. */
    String getMode();

    /** @throws IllegalArgumentException with what is allowed */
    void setMode(String mode);

    /** All options in force, by key. */
    Map<String, String> getSettings();

    /** What was found, longest blocking first. */
    List<FindingData> getFindings();

    /** Every loop, as of the last interval. */
    List<LoopData> getLoops();

    /** Every pool, as of the last interval. */
    List<PoolData> getPools();

    /** Stalls since the attach that have ended. */
    long getStalls();

    /** Errors of the agent that were kept from the application. */
    long getErrors();

    /**
     * Changes an option at run time, as {@code threshold.blocking}, {@code threshold.stall}, {@code allow},
     * {@code threads} or {@code mode}.
     *
     * @throws IllegalArgumentException with what is allowed; nothing is changed then
     */
    void set(String key, String value);

    /** Forgets all findings and history. */
    void reset();
}
