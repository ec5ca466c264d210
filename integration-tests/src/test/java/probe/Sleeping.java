package probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code Thread.sleep} in all its forms, {@code LockSupport.park*}, {@code Thread.join}. */
final class Sleeping {

    private Sleeping() {}

    @Blocks(value = "SLEEP", api = "Thread.sleep")
    static Body sleep() {
        return Sleeping::sleepInAMethod;
    }

    private static void sleepInAMethod() throws InterruptedException {
        Thread.sleep(50);
    }

    @Blocks(value = "SLEEP", api = "Thread.sleep")
    static Body sleep_lambda() {
        return () -> Thread.sleep(50);
    }

    @Blocks(value = "SLEEP", api = "Thread.sleep")
    static Body sleep_reference() {
        return () -> Calls.callLong(Thread::sleep, 50);
    }

    @Blocks(value = "SLEEP", api = "Thread.sleep")
    static Body sleepMillisAndNanos() {
        return Sleeping::sleepMillisAndNanosInAMethod;
    }

    private static void sleepMillisAndNanosInAMethod() throws InterruptedException {
        Thread.sleep(50, 100_000);
    }

    @Blocks(value = "SLEEP", api = "Thread.sleep")
    static Body sleepMillisAndNanos_lambda() {
        return () -> Thread.sleep(50, 1);
    }

    @Blocks(value = "SLEEP", api = "Thread.sleep")
    static Body sleepMillisAndNanos_reference() {
        return () -> Calls.callLongAndInt(Thread::sleep, 50, 1);
    }

    /** Calls the method by reflection, because JDK 17 does not have it. */
    @Blocks(value = "SLEEP", api = "Thread.sleep", from = 19)
    static Body sleepOfDuration_methodHandle() throws ReflectiveOperationException {
        var sleep = java.lang.invoke.MethodHandles.lookup()
                .findStatic(Thread.class, "sleep", java.lang.invoke.MethodType.methodType(void.class, Duration.class));
        return () -> {
            try {
                sleep.invokeExact(Duration.ofMillis(50));
            } catch (Throwable t) {
                throw new AssertionError(t);
            }
        };
    }

    @Blocks("SLEEP")
    static Body timeUnitSleep() {
        return Sleeping::timeUnitSleepInAMethod;
    }

    private static void timeUnitSleepInAMethod() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(50);
    }

    @Blocks("SLEEP")
    static Body timeUnitSleep_lambda() {
        return () -> TimeUnit.MICROSECONDS.sleep(50_000);
    }

    @Blocks("SLEEP")
    static Body timeUnitSleep_reference() {
        return () -> Calls.callLong(TimeUnit.MILLISECONDS::sleep, 50);
    }

    @Blocks("PARK")
    static Body park() {
        Late.run(Sleeping::unparkProbe);
        return Sleeping::parkInAMethod;
    }

    private static volatile Thread parked = Thread.currentThread();

    private static void parkInAMethod() {
        parked = Thread.currentThread();
        LockSupport.park();
    }

    private static void unparkProbe() {
        LockSupport.unpark(parked);
    }

    @Blocks("PARK")
    static Body park_lambda() {
        Late.run(Sleeping::unparkProbe);
        return () -> {
            parked = Thread.currentThread();
            LockSupport.park();
        };
    }

    @Blocks("PARK")
    static Body park_reference() {
        Late.run(Sleeping::unparkProbe);
        return () -> {
            parked = Thread.currentThread();
            Calls.call(LockSupport::park);
        };
    }

    @Blocks("PARK")
    static Body parkWithBlocker() {
        Late.run(Sleeping::unparkProbe);
        return () -> {
            parked = Thread.currentThread();
            LockSupport.park("a blocker");
        };
    }

    @Blocks("PARK")
    static Body parkNanos() {
        return Sleeping::parkNanosInAMethod;
    }

    private static void parkNanosInAMethod() {
        LockSupport.parkNanos(50_000_000);
    }

    @Blocks("PARK")
    static Body parkNanos_lambda() {
        return () -> LockSupport.parkNanos(50_000_000);
    }

    @Blocks("PARK")
    static Body parkNanos_reference() {
        return () -> Calls.callLong(LockSupport::parkNanos, 50_000_000);
    }

    @Blocks("PARK")
    static Body parkNanosWithBlocker() {
        return () -> LockSupport.parkNanos("a blocker", 50_000_000);
    }

    @Blocks("PARK")
    static Body parkUntil() {
        return () -> LockSupport.parkUntil(System.currentTimeMillis() + 51);
    }

    @Blocks("PARK")
    static Body parkUntil_reference() {
        return () -> Calls.callLong(LockSupport::parkUntil, System.currentTimeMillis() + 51);
    }

    @NeverBlocks
    static Body parkWithPermit() {
        return () -> {
            LockSupport.unpark(Thread.currentThread());
            LockSupport.park();
        };
    }

    @Blocks("JOIN")
    static Body join() {
        Thread other = Late.run(() -> {});
        return () -> joinInAMethod(other);
    }

    private static void joinInAMethod(Thread other) throws InterruptedException {
        other.join();
    }

    @Blocks("JOIN")
    static Body join_lambda() {
        Thread other = Late.run(() -> {});
        return () -> other.join();
    }

    @Blocks("JOIN")
    static Body join_reference() {
        Thread other = Late.run(() -> {});
        return other::join;
    }

    @Blocks("JOIN")
    static Body joinWithTimeout() {
        Thread other = Late.run(() -> Thread.sleep(10_000));
        return () -> other.join(50);
    }

    @Blocks("JOIN")
    static Body joinWithTimeout_reference() {
        Thread other = Late.run(() -> Thread.sleep(10_000));
        return () -> Calls.callLong(other::join, 50);
    }

    @Blocks("JOIN")
    static Body joinWithMillisAndNanos() {
        Thread other = Late.run(() -> Thread.sleep(10_000));
        return () -> other.join(50, 1);
    }

    @NeverBlocks
    static Body joinOfAnEndedThread() throws InterruptedException {
        Thread other = Late.start("ended", () -> {});
        other.join();
        return () -> other.join();
    }

    @NeverBlocks
    static Body yield() {
        return () -> {
            for (int i = 0; i < 1_000; i++) {
                Thread.yield();
            }
        };
    }

    @NeverBlocks
    static Body yield_reference() {
        return () -> Calls.call(Thread::yield);
    }

    @NeverBlocks
    static Body onSpinWait() {
        return () -> {
            for (int i = 0; i < 10_000; i++) {
                Thread.onSpinWait();
            }
        };
    }
}
