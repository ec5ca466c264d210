package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.point.Point;

/**
 * Takes what the application does besides calls of loops. Called on the application's threads, so it must be quick and
 * must not block.
 */
public interface ApplicationListener {

    /** The application starts a thread of its own. */
    void threadStarting();

    /**
     * Another tool is about to instrument this JVM.
     *
     * @return whether the engine does the tool's work from here on, so that the tool must not
     */
    boolean takeOver(Object tool);

    /** The application uses {@code host}, which can show the agent's numbers. Called again for each use. */
    void hostSeen(Point point, Object host);
}
