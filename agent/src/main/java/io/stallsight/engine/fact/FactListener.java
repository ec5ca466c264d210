package io.stallsight.engine.fact;

/** Takes facts. The agent's own threads call it, one at a time for each kind of fact; it must not wait. */
@FunctionalInterface
public interface FactListener {

    /** An implementation takes the kinds that it shows and ignores all others. */
    void observed(Fact fact);
}
