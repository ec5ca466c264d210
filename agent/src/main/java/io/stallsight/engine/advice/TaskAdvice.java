package io.stallsight.engine.advice;

import io.stallsight.hook.StallsightTasks;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In executors. */
public final class TaskAdvice {

    private TaskAdvice() {}

    /** At the entry of the method that puts a task into the queue. */
    public static final class Queue {

        private Queue() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
            StallsightTasks.queue(point, executor, task);
        }
    }

    /** Around the method that puts a task into the queue, and throws if the executor refuses it. */
    public static final class Offer {

        private Offer() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
            StallsightTasks.queue(point, executor, task);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @PointId int point,
                @Advice.This Object executor,
                @Subject @Nullable Object task,
                @Advice.Thrown @Nullable Throwable failure) {
            StallsightTasks.offer(point, executor, task, failure);
        }
    }

    /** At the exit of the method that takes a task out of the queue and returns it. */
    public static final class Take {

        private Take() {}

        @Advice.OnMethodExit
        static void exit(
                @PointId int point,
                @Advice.This(optional = true) @Nullable Object executor,
                @Result @Nullable Object task) {
            StallsightTasks.take(point, executor, task);
        }
    }

    /** At the exit of the method that takes a task out of the queue and returns it, on any thread. */
    public static final class Leave {

        private Leave() {}

        @Advice.OnMethodExit
        static void exit(@PointId int point, @Advice.This Object executor, @Result @Nullable Object task) {
            StallsightTasks.leave(point, executor, task);
        }
    }

    /** At the entry of the method that gives a task to a new worker without queuing it. */
    public static final class Hand {

        private Hand() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
            StallsightTasks.hand(point, executor, task);
        }
    }

    /** At the entry of the method in which a worker runs a task that it has taken out of the queue. */
    public static final class Run {

        private Run() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @ReceiverOrField Object executor, @Subject @Nullable Object task) {
            StallsightTasks.take(point, executor, task);
        }
    }

    /** At the entry of the method in which a thread runs one task of an executor after the other. */
    public static final class Work {

        private Work() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @ReceiverOrField Object executor) {
            StallsightTasks.work(point, executor);
        }
    }

    /** At the entry of the method that refuses a task. */
    public static final class Reject {

        private Reject() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object executor, @Subject @Nullable Object task) {
            StallsightTasks.reject(point, executor, task);
        }
    }

    /** At the entry of the method that puts an executor, an argument, in charge of the receiver. */
    public static final class Start {

        private Start() {}

        @Advice.OnMethodEnter
        static void enter(@PointId int point, @Advice.This Object what, @Subject @Nullable Object executor) {
            StallsightTasks.start(point, what, executor);
        }
    }
}
