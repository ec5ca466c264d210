package io.stallsight.engine.log;

/** Lets the engine reflect on the package of a class in a named module. */
public interface Opener {
    void open(Class<?> in);
}
