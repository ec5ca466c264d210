package app.blockhound;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A thread that must not block, by a predicate of BlockHound only. */
final class NonBlockingThread extends Thread {

    private NonBlockingThread(Runnable task) {
        super(task, "non-blocking");
    }

    /** The simple name and message of the exception of {@code call} on such a thread; {@code -} if it throws none. */
    static String run(Callable<?> call) throws Exception {
        return run(call, true);
    }

    static String run(Callable<?> call, boolean nonBlocking) throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> result(call));
        Thread thread = nonBlocking ? new NonBlockingThread(task) : new Thread(task, "may-block");
        thread.start();
        return task.get();
    }

    static String result(Callable<?> call) {
        try {
            call.call();
            return "-";
        } catch (Throwable e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
