package io.stallsight.engine.check;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sleep, wait, park. */
final class ExerciseThreads {

    private ExerciseThreads() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("Thread.sleep", ExerciseThreads::sleep),
                new Exercise("Thread.sleep(Duration)", ExerciseThreads::sleepDuration, 19),
                new Exercise("Object.wait", ExerciseThreads::waitForNotification),
                new Exercise("LockSupport.park", ExerciseThreads::park));
    }

    private static void sleep() throws InterruptedException {
        Thread.sleep(1);
        Thread.sleep(0, 1);
    }

    private static void sleepDuration() throws Throwable {
        MethodHandle sleep = MethodHandles.publicLookup()
                .findStatic(Thread.class, "sleep", MethodType.methodType(void.class, Duration.class));
        sleep.invoke(Duration.ofNanos(1));
    }

    private static void waitForNotification() throws Throwable {
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait(1);
            monitor.wait(1, 1);
        }
        ExerciseHelper.release(
                () -> {
                    synchronized (monitor) {
                        monitor.wait();
                    }
                },
                () -> {
                    synchronized (monitor) {
                        monitor.notifyAll();
                    }
                });
    }

    private static void park() {
        Object blocker = new Object();
        LockSupport.unpark(Thread.currentThread());
        LockSupport.park();
        LockSupport.unpark(Thread.currentThread());
        LockSupport.park(blocker);
        LockSupport.parkNanos(1);
        LockSupport.parkNanos(blocker, 1);
        LockSupport.parkUntil(1);
        LockSupport.parkUntil(blocker, 1);
    }
}
