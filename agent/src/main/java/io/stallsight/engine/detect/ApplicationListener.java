package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Point;

/** Takes what the hooks meet of the application that is no call of a loop. Called on its threads: be quick. */
public interface ApplicationListener {

    /** The application starts a thread of its own. */
    void threadStarting();

    /**
     * Another tool is about to instrument this JVM.
     *
     * @return whether the engine does its work from here on, so that it must not
     */
    boolean takeOver(Object tool);

    /** {@code host}, met at a point, can show the agent's numbers. Often the same one again. */
    void hostSeen(Point point, Object host);
}
