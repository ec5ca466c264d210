package io.stallsight.engine.log;

/** Gives the engine access by reflection to packages of named modules. */
public interface Opener {
    /** Opens the package of the class to the engine. Does nothing if it is open already. */
    void open(Class<?> type);
}
