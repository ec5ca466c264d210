package io.stallsight.hook;

import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;

/** Entry points of woven code for tasks of executors: queued, handed over, taken, refused. Any thread may queue one. */
public final class StallsightTasks {

    private static final Queue QUEUE = new Queue();
    private static final Reject REJECT = new Reject();
    private static final Hand HAND = new Hand();
    private static final Start START = new Start();
    private static final Take TAKE = new Take();
    private static final Leave LEAVE = new Leave();
    private static final Work WORK = new Work();

    private StallsightTasks() {}

    /** A task is being put into the queue of {@code executor}. */
    public static void queue(int point, Object executor, Object task) {
        QUEUE.begin(StallsightHook.current(), point, executor, task);
    }

    /** The method of {@link #queue} is over; it threw {@code failure} if that is not null. */
    public static void offer(int point, Object executor, Object task, Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            reject(point, executor, task);
        }
    }

    /** {@code executor} refuses a task. */
    public static void reject(int point, Object executor, Object task) {
        REJECT.begin(StallsightHook.current(), point, executor, task);
    }

    /** A task goes to a new worker of {@code executor} without having been queued. */
    public static void hand(int point, Object executor, Object task) {
        HAND.begin(StallsightHook.current(), point, executor, task);
    }

    /** {@code executor} is in charge of {@code what} (a channel) from here on. */
    public static void start(int point, Object what, Object executor) {
        START.begin(StallsightHook.current(), point, what, executor);
    }

    /** The current thread has taken {@code task}, or null, from the queue of {@code executor}. */
    public static void take(int point, Object executor, Object task) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            take(state, point, executor, task);
        }
    }

    /** A thread has taken {@code task}, or null, from the queue of {@code executor}, perhaps for another one. */
    public static void leave(int point, Object executor, Object task) {
        if (task != null) {
            LEAVE.begin(StallsightHook.current(), point, executor, task);
        }
    }

    /** The current thread runs tasks of {@code executor} from here on, until it takes one elsewhere or is idle. */
    public static void work(int point, Object executor) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            WORK.begin(state, point, executor, null);
        }
    }

    static void take(StallsightThread state, int point, Object executor, Object task) {
        TAKE.begin(state, point, executor, task);
    }

    /** The queue of {@code executor}, which the engine may meet for the first time; null if it is of no interest. */
    private static StallsightQueue queueOf(StallsightEngine engine, StallsightThread state, Object executor) {
        StallsightQueue queue = StallsightQueues.find(executor);
        return queue == null && state != null ? engine.queueSeen(executor) : queue;
    }

    /** A loop in a tick starts something on an executor. */
    private static void startOn(StallsightThread state, Object what, Object executor) {
        StallsightLoop loop = state == null ? null : state.loop();
        if (loop != null && loop.inTick()) {
            loop.tick().start(what, executor);
        }
    }

    private static final class Queue extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object executor, Object task) {
            StallsightQueue queue = queueOf(engine, state, executor);
            if (queue != null) {
                queue.queue(task);
                StallsightSampling.wake(engine, queue);
                startOn(state, task, executor);
            }
            StallsightContexts.carry(state, task);
            return NOTHING;
        }
    }

    private static final class Reject extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object executor, Object task) {
            StallsightQueue queue = queueOf(engine, state, executor);
            if (queue != null) {
                queue.reject(task);
            }
            return NOTHING;
        }
    }

    private static final class Hand extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object executor, Object task) {
            StallsightQueue queue = queueOf(engine, state, executor);
            if (queue != null && task != null) {
                queue.hand(task);
            }
            StallsightContexts.carry(state, task);
            return NOTHING;
        }
    }

    private static final class Start extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object what, Object executor) {
            startOn(state, what, executor);
            StallsightContexts.carry(state, what);
            return NOTHING;
        }
    }

    private static final class Leave extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object executor, Object task) {
            StallsightQueue queue = queueOf(engine, state, executor);
            if (queue != null) {
                queue.take(task);
            }
            return NOTHING;
        }
    }

    private static final class Work extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object executor, Object unused) {
            StallsightQueue known = state.run().knownQueue(executor);
            StallsightQueue queue = known == null ? queueOf(engine, state, executor) : known;
            if (queue != null) {
                state.run().workFor(queue);
            }
            return NOTHING;
        }
    }

    private static final class Take extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object at, Object task) {
            state.run().end(); // some workers take the next task without having waited
            if (!(task instanceof ForkJoinTask)) { // which a worker may take in the middle of another
                state.tasks().next();
            }
            if (task == null) {
                state.attribution().backToOwn();
                return NOTHING;
            }
            if (StallsightAttribution.isOn()) {
                state.attribution().take(task);
            }
            StallsightQueue queue = queue(engine, state, at, task);
            StallsightLoop loop = state.loop();
            if (loop != null) {
                // a thread that is lent takes tasks that are not the loop's
                loop.beginTask(task, state.isDynamic() && !loop.inTick() ? null : queue);
                StallsightWatch.wake(engine);
            }
            if (queue != null) {
                state.run().begin(queue, task);
            }
            return NOTHING;
        }

        /**
         * That of the receiver, except for fork-join tasks: their receiver is one of the pool's many queues. A static
         * method is called by a thread that works for an executor.
         */
        private static StallsightQueue queue(
                StallsightEngine engine, StallsightThread state, Object receiver, Object task) {
            if (!(task instanceof ForkJoinTask)) {
                return receiver == null ? state.run().lastQueue() : queue(engine, state, receiver);
            }
            Thread thread = state.thread();
            return thread instanceof ForkJoinWorkerThread
                    ? queue(engine, state, ((ForkJoinWorkerThread) thread).getPool())
                    : null;
        }

        private static StallsightQueue queue(StallsightEngine engine, StallsightThread state, Object executor) {
            StallsightQueue known = state.run().knownQueue(executor);
            return known == null ? queueOf(engine, state, executor) : known;
        }
    }
}
