package io.stallsight.hook;

import java.lang.ref.WeakReference;

/**
 * One borrowing of a pooled connection: a thread waits for it, then has it until it comes back. It refers to the
 * borrowing thread, weakly, since a connection that never comes back must not keep a virtual thread. Any thread reads
 * it; the borrower writes it.
 */
public final class StallsightLease extends WeakReference<Thread> {

    private final String threadName;
    private final long called;

    /** Of the borrower, null for a virtual thread without a state; and what it was when it called the pool. */
    private final StallsightTaskCount tasks;

    private final int task;

    /** Of the borrower, null if it is not known; and what it served when it called the pool. */
    private final StallsightRequest request;

    private final int requestNumber;

    /** Of the request that has handed on the work, if the borrower serves none. */
    private final long context;

    /** The line that borrowed, null if it is not known. */
    private volatile StackTraceElement site;

    /** {@link System#nanoTime()} at which the borrower got the connection; 0 while it waits. */
    private volatile long since;

    StallsightLease(Thread borrower, StallsightTaskCount tasks, StallsightRequest request, long context, long called) {
        super(borrower);
        this.threadName = borrower.getName();
        this.tasks = tasks;
        this.task = tasks == null ? 0 : tasks.taken();
        this.request = request;
        this.requestNumber = request == null ? 0 : request.number();
        this.context = context;
        this.called = called;
    }

    /**
     * Of permits that are held.
     *
     * @param borrower null if it has ended, and was {@code endedThread}
     */
    StallsightLease(
            Thread borrower,
            String endedThread,
            StallsightTaskCount tasks,
            int task,
            StallsightRequest request,
            int requestNumber,
            long context) {
        super(borrower);
        this.threadName = borrower == null ? endedThread : borrower.getName();
        this.tasks = tasks;
        this.task = task;
        this.request = request;
        this.requestNumber = requestNumber;
        this.context = context;
        this.called = 0;
    }

    /** The thread that borrows; null if it has ended and is collected. */
    public Thread thread() {
        return get();
    }

    /** The name that the thread had when it called the pool. */
    public String threadName() {
        return threadName;
    }

    /** {@link System#nanoTime()} at which the borrower called the pool. */
    public long called() {
        return called;
    }

    /** {@link System#nanoTime()} at which the borrower got the connection; 0 while it waits. */
    public long since() {
        return since;
    }

    /** Whether the borrower, as a worker of some executor, is done with the task in which it called the pool. */
    public boolean isOfEarlierTask() {
        return tasks != null && tasks.taken() != task;
    }

    /** What the borrower serves, if {@link #requestNumber} is still that of it; null if that is not known. */
    public StallsightRequest request() {
        return request;
    }

    /** See {@link StallsightRequest#isCurrent}. */
    public int requestNumber() {
        return requestNumber;
    }

    /** The context in which the borrower called the pool; 0 if it is not known. */
    public long context() {
        return context;
    }

    /** The line that borrowed the connection; null if it is not known. */
    public StackTraceElement site() {
        return site;
    }

    void setSite(StackTraceElement line) {
        site = line;
    }

    public boolean isWaiting() {
        return since == 0;
    }

    void got(long now) {
        since = now == 0 ? 1 : now;
    }
}
