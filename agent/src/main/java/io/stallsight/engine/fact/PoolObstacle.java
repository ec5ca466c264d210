package io.stallsight.engine.fact;

/** What keeps the workers of an exhausted pool from the tasks that wait. */
public enum PoolObstacle {
    /** All of them wait for tasks of the same pool: without help the exhaustion will not end. */
    OWN_TASKS,
    /** There are few of them: the pool grows only when its queue is full. */
    QUEUE_NOT_FULL,
    /** Some connections will not come back: the threads that borrowed them have ended, or have gone on. */
    NOT_RETURNED,
    /** There are fewer connections than there may be: the pool does not get further ones. */
    NOT_OPENED,
    COMPUTING,
    WAITING;

    /** The obstacle with a name; {@link #WAITING} for a name that this version does not know. */
    public static PoolObstacle named(String name) {
        for (PoolObstacle known : values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return WAITING;
    }
}
