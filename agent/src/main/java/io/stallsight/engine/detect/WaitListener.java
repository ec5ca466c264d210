package io.stallsight.engine.detect;

import io.stallsight.hook.StallsightThread;

/** Takes the end of each blocking call, on the thread of the loop. It must be quick and must not block. */
public interface WaitListener {

    /** @param state still has the call, with the object that it waited for */
    void waitEnds(StallsightThread state);
}
